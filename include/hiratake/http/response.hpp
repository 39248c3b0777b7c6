#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hiratake/http/headers.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

class BodySource;
class BodyWriter;
class EventStream;
class UpgradedConnection;

/// What a handler answers when a result alone does not say enough. Date, Content-Length and Connection are the server's
/// business.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    /// For status 101 alone, which switches the connection to another protocol: what takes it over then. `headers` name
    /// the protocol (Upgrade); there is no body. Answered with 500 where the client has not asked for an upgrade.
    std::shared_ptr<UpgradedConnection> upgraded = nullptr;
    /// In place of `body`: one that is made while it is sent, once. Set by stream() and events().
    std::shared_ptr<BodySource> streamed_body = nullptr;

    /// `text/plain` in UTF-8.
    static Response text(std::string body, int status = 200);
    /// `application/json`. Throws JsonError for what cannot be written as JSON.
    static Response json(const Value& body, int status = 200);

    /// A body that is written while it is sent. `write` runs on the worker's thread when the method has returned; the
    /// service object and its dependencies are there until it ends. An exception that leaves it breaks the connection
    /// off, so that the client does not take the part for the whole. It is not called for a HEAD request.
    static Response stream(std::string content_type, std::function<void(BodyWriter& out)> write);
    /// Server-sent events (WHATWG HTML, section 9.2), sent as `write` makes them, which runs as in stream(). A comment
    /// keeps an idle stream alive. When a browser connects again, the request header Last-Event-ID has the id of the
    /// last event that it has got.
    static Response events(std::function<void(EventStream& events)> write);
};

}  // namespace hiratake::http
