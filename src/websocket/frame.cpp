#include "websocket/frame.hpp"

#include <utility>

namespace hiratake::websocket {
namespace {

void append_big_endian(std::string& out, std::uint64_t number, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
}

}  // namespace

EncodedFrame encode_frame(Opcode opcode, std::string_view payload) {
    constexpr char final_bit = '\x80';
    std::string bytes;
    bytes.reserve(payload.size() + 10);
    bytes += static_cast<char>(final_bit | static_cast<char>(opcode));
    if (payload.size() <= 125) {
        bytes += static_cast<char>(payload.size());
    } else if (payload.size() <= 0xffff) {
        bytes += static_cast<char>(126);
        append_big_endian(bytes, payload.size(), 2);
    } else {
        bytes += static_cast<char>(127);
        append_big_endian(bytes, payload.size(), 8);
    }
    bytes += payload;
    return std::make_shared<const std::string>(std::move(bytes));
}

EncodedFrame encode_close(CloseCode code, std::string_view reason) {
    std::string payload;
    if (code != CloseCode::no_status) {
        append_big_endian(payload, static_cast<std::uint16_t>(code), 2);
        payload += reason;
    }
    return encode_frame(Opcode::close, payload);
}

}  // namespace hiratake::websocket
