#pragma once

#include <cstdint>
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

/// How long the body is that follows a header.
struct BodyLength {
    enum class Kind {
        known,    ///< Content-Length
        chunked,  ///< Transfer-Encoding: chunked
        to_end,   ///< up to the end of the connection: for HTTP/1.0
    };
    Kind kind = Kind::known;
    std::uint64_t bytes = 0;
};

/// RFC 9110 section 8.6: the responses that end with their header.
bool has_no_body(int status);

/// Appends the response as HTTP/1.1 bytes (RFC 9112), with Date, Content-Length and, where needed, Connection.
void append_response(std::string& out, const Response& response, ResponseFraming framing, WallTime now);
/// As append_response(), without the body, whatever response.body is.
void append_header(std::string& out, const Response& response, BodyLength length, ResponseFraming framing,
                   WallTime now);

}  // namespace hiratake::http
