#pragma once

#include <string>

#include "websocket/close_code.hpp"

namespace hiratake::websocket {

/// What a peer did wrong: the socket is closed with this.
struct Failure {
    CloseCode code = CloseCode::protocol_error;
    /// For the peer's developer: short ASCII.
    std::string reason;
};

}  // namespace hiratake::websocket
