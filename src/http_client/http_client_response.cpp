#include "hiratake/http_client/http_client_response.hpp"

#include <fmt/core.h>

#include "hiratake/http_client/http_client_error.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake {

HttpClientError::~HttpClientError() = default;
HttpClientTimeout::~HttpClientTimeout() = default;
UnexpectedHttpStatus::~UnexpectedHttpStatus() = default;

const HttpClientResponse& HttpClientResponse::require_success() const {
    if (status >= 200 && status < 300) return *this;
    throw UnexpectedHttpStatus(fmt::format("{} was answered with status {}", request, status), status);
}

Value HttpClientResponse::json_value() const {
    try {
        return parse_json(body);
    } catch (const JsonError& error) {
        refuse_body(error.what());
    }
}

void HttpClientResponse::refuse_body(const std::string& reason) const {
    throw HttpClientError(
        fmt::format("the answer to {} (status {}) is not the JSON that was asked for: {}", request, status, reason));
}

}  // namespace hiratake
