#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"

namespace hiratake::websocket {

/// Which pages may open a socket. A browser says of every socket where its page comes from, and sends its cookies
/// along: without a check any page on the web could speak in the name of the person who looks at it (RFC 6455
/// section 10.2).
struct OriginPolicy {
    /// "https://shop.example", or "*" for all; none: the host that the request itself names.
    std::optional<std::vector<std::string>> allowed;

    /// A request without an Origin, which is none of a browser, is always allowed.
    bool allows(const http::Request& request) const;
};

/// What Sec-WebSocket-Accept says to this Sec-WebSocket-Key (RFC 6455 section 4.2.2).
std::string accept_value(std::string_view key);

/// The server's half of the opening handshake: 101, whose `upgraded` the caller fills in, or the problem to answer
/// with: 426 for a request that is none for a WebSocket of version 13, 400 for a malformed one, 403 for a page that may
/// not. Sub-protocols and extensions, permessage-deflate among them, are not agreed on.
http::Response answer_handshake(const http::Request& request, const OriginPolicy& origins);

}  // namespace hiratake::websocket
