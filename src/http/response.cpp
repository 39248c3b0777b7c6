#include "hiratake/http/response.hpp"

#include <utility>

#include "hiratake/http/event_stream.hpp"
#include "hiratake/payload/json.hpp"
#include "http/written_body.hpp"

namespace hiratake::http {

Response Response::text(std::string body, int status) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

Response Response::json(const Value& body, int status) {
    return {status, {{"Content-Type", "application/json"}}, write_json(body, JsonStyle::compact)};
}

Response Response::stream(std::string content_type, std::function<void(BodyWriter& out)> write) {
    Response response{200, {{"Content-Type", std::move(content_type)}}, {}};
    response.streamed_body = std::make_shared<WrittenBody>(std::move(write));
    return response;
}

// The headers keep caches and buffering proxies out of the way.
Response Response::events(std::function<void(EventStream& events)> write) {
    Response response{
        200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}}, {}};
    response.streamed_body = std::make_shared<WrittenBody>(
        [write = std::move(write)](BodyWriter& out) {
            EventStream events(out);
            write(events);
        },
        ":\n\n");
    return response;
}

}  // namespace hiratake::http
