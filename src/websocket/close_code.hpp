#pragma once

#include <cstdint>

namespace hiratake::websocket {

/// Why a socket is closed (RFC 6455 section 7.4 and the IANA registry that it opens).
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    protocol_error = 1002,
    no_status = 1005,  // never sent: the peer gave no code
    abnormal = 1006,   // never sent: the connection ended without a closing handshake
    invalid_data = 1007,
    policy_violation = 1008,
    message_too_big = 1009,
    try_again_later = 1013,
};

/// Whether a peer may send this code in a Close frame: those that are registered for it, of libraries (3000 to 3999)
/// and of applications (4000 to 4999).
bool may_be_sent(std::uint16_t code);

}  // namespace hiratake::websocket
