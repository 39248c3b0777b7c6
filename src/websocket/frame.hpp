#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "websocket/close_code.hpp"

namespace hiratake::websocket {

/// What a frame carries (RFC 6455 section 5.2).
enum class Opcode : std::uint8_t {
    continuation = 0x0,
    text = 0x1,
    binary = 0x2,
    close = 0x8,
    ping = 0x9,
    pong = 0xa,
};

/// Control frames may stand between the fragments of a message.
constexpr bool is_control(Opcode opcode) {
    return static_cast<std::uint8_t>(opcode) >= 0x8;
}

/// The longest payload of a control frame.
inline constexpr std::size_t max_control_bytes = 125;

/// A frame that has arrived completely, unmasked.
struct Frame {
    Opcode opcode = Opcode::text;
    /// The last one of its message.
    bool is_final = true;
    std::string payload;
};

/// The bytes of a frame of the server. Shared between all sockets that it goes to: a server does not mask, so they are
/// the same for each.
using EncodedFrame = std::shared_ptr<const std::string>;

/// One frame with FIN set and without a mask, as a server sends them.
EncodedFrame encode_frame(Opcode opcode, std::string_view payload);
/// @param reason at most 123 bytes of UTF-8; without a code (no_status) there is none
EncodedFrame encode_close(CloseCode code, std::string_view reason);

}  // namespace hiratake::websocket
