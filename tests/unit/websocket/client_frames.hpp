#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "websocket/frame.hpp"

namespace hiratake::websocket {

inline constexpr std::uint8_t fin = 0x80;

/// A frame as a client sends it, masked as in the examples of RFC 6455 section 5.7.
/// @param first_byte FIN, reserved bits and opcode
/// @param length_bytes 0, 2 or 8 for the form of the length; -1 for the shortest that fits
inline std::string client_frame(std::uint8_t first_byte, std::string_view payload, int length_bytes = -1) {
    constexpr std::string_view mask = "\x37\xfa\x21\x3d";
    if (length_bytes < 0) length_bytes = payload.size() <= 125 ? 0 : payload.size() <= 0xffff ? 2 : 8;
    std::string bytes{static_cast<char>(first_byte)};
    const std::size_t marker = length_bytes == 0 ? payload.size() : length_bytes == 2 ? 126 : 127;
    bytes += static_cast<char>(0x80 | marker);
    for (int shift = (length_bytes - 1) * 8; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(payload.size() >> shift & 0xff);
    }
    bytes += mask;
    for (std::size_t i = 0; i < payload.size(); ++i) bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    return bytes;
}

inline std::string client_frame(Opcode opcode, std::string_view payload = {}) {
    return client_frame(static_cast<std::uint8_t>(fin | static_cast<std::uint8_t>(opcode)), payload);
}

/// A fragment that is not the last of its message.
inline std::string client_fragment(Opcode opcode, std::string_view payload) {
    return client_frame(static_cast<std::uint8_t>(opcode), payload);
}

inline std::string client_close(std::uint16_t code, std::string_view reason = {}) {
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    payload += reason;
    return client_frame(Opcode::close, payload);
}

}  // namespace hiratake::websocket
