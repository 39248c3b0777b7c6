#include "hiratake/http/response.hpp"

#include "hiratake/payload/json.hpp"

namespace hiratake::http {

Response Response::text(std::string body, int status) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

Response Response::json(const Value& body, int status) {
    return {status, {{"Content-Type", "application/json"}}, write_json(body, JsonStyle::compact)};
}

}  // namespace hiratake::http
