#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hiratake/http/headers.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

class BodySource;
class BodyWriter;
class EventStream;
class UpgradedConnection;

/// What a handler answers when a result alone does not say enough. Date, Content-Length and Connection are the server's
/// business. Preconditions of a GET (If-None-Match, If-Modified-Since, …) are held against the ETag and Last-Modified
/// of a response with status 200, and a Range is cut out of one with `Accept-Ranges: bytes` whose length is known.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    /// For status 101 alone, which switches the connection to another protocol: what takes it over then. `headers` name
    /// the protocol (Upgrade); there is no body. Answered with 500 where the client has not asked for an upgrade.
    std::shared_ptr<UpgradedConnection> upgraded = nullptr;
    /// `body` is a problem document of the framework: on its way out it gets the request's id.
    bool is_own_problem = false;
    /// In place of `body`: one that is made while it is sent, once. Set by file(), stream() and events().
    std::shared_ptr<BodySource> streamed_body = nullptr;

    /// `text/plain` in UTF-8.
    static Response text(std::string body, int status = 200);
    /// `application/json`. Throws JsonError for what cannot be written as JSON.
    static Response json(const Value& body, int status = 200);

    /// A regular file, read while it is sent, with Last-Modified, a strong ETag, and a Content-Type by the extension of
    /// its name. Throws HttpError 404 when there is no such file, 403 when it may not be read, and Error for other
    /// reasons.
    static Response file(const std::string& path);
    /// As file(), for a path that a client has named: nothing outside the folder can be reached. Throws HttpError 404
    /// for a path with empty segments, "." or ".." in it, and for one through a symbolic link; Error when the folder
    /// itself cannot be opened.
    /// @param root the folder; the service's own path, which may go through symbolic links
    /// @param relative_path decoded, with "/" between its segments
    static Response file_below(const std::string& root, std::string_view relative_path);

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
