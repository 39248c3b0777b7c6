#pragma once

#include <string>

#include "hiratake/http/headers.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

/// What a handler answers when a result alone does not say enough. Date, Content-Length and Connection are the server's
/// business.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;

    /// `text/plain` in UTF-8.
    static Response text(std::string body, int status = 200);
    /// `application/json`. Throws JsonError for what cannot be written as JSON.
    static Response json(const Value& body, int status = 200);
};

}  // namespace hiratake::http
