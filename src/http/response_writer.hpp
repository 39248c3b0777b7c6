#pragma once

#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/http/response.hpp"

namespace hiratake::http {

/// What the header of a response says of the connection.
struct ResponseFraming {
    bool keep_alive = true;
    /// The request was HTTP/1.0, whose clients want to be told that the connection stays.
    bool is_http_1_0 = false;
    /// The request was HEAD: everything but the body is sent.
    bool omit_body = false;
    /// The connection goes on with another protocol.
    bool is_upgrade = false;
};

/// Appends the response as HTTP/1.1 bytes (RFC 9112), with Date, Content-Length and, where needed, Connection.
void append_response(std::string& out, const Response& response, ResponseFraming framing, WallTime now);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::string http_date(WallTime time);

}  // namespace hiratake::http
