#include "websocket/frame_reader.hpp"

#include <algorithm>
#include <utility>

namespace hiratake::websocket {
namespace {

constexpr std::size_t mask_bytes = 4;

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
    return number;
}

bool is_known(Opcode opcode) {
    switch (opcode) {
        case Opcode::continuation:
        case Opcode::text:
        case Opcode::binary:
        case Opcode::close:
        case Opcode::ping:
        case Opcode::pong: return true;
    }
    return false;
}

}  // namespace

std::optional<Frame> FrameReader::next(std::size_t max_data_bytes) {
    if (failure_ || (!has_header_ && !read_header(max_data_bytes))) return std::nullopt;
    take_payload();
    if (missing_bytes_ > 0) return std::nullopt;
    has_header_ = false;
    return std::exchange(frame_, {});
}

bool FrameReader::read_header(std::size_t max_data_bytes) {
    if (input_.size() < 2) return false;
    const auto first = static_cast<std::uint8_t>(input_[0]);
    const auto second = static_cast<std::uint8_t>(input_[1]);
    if (!check_first_bytes(first, second)) return false;

    const std::uint8_t short_length = second & 0x7f;
    const std::size_t length_bytes = short_length == 127 ? 8 : short_length == 126 ? 2 : 0;
    if (input_.size() < 2 + length_bytes) return false;
    const std::uint64_t length =
        length_bytes == 0 ? short_length : big_endian(std::string_view(input_).substr(2, length_bytes));
    if ((length_bytes == 2 && length <= 125) || (length_bytes == 8 && length <= 0xffff)) {
        return fail(CloseCode::protocol_error, "a length is not in its shortest form");
    }
    if (length >> 63 != 0) return fail(CloseCode::protocol_error, "a length has its highest bit set");
    const auto opcode = static_cast<Opcode>(first & 0x0f);
    if (!is_control(opcode) && length > max_data_bytes) {
        return fail(CloseCode::message_too_big, "the message is too big");
    }
    if (input_.size() < 2 + length_bytes + mask_bytes) return false;

    mask_ = input_.substr(2 + length_bytes, mask_bytes);
    input_.erase(0, 2 + length_bytes + mask_bytes);
    frame_ = {opcode, (first & 0x80) != 0, {}};
    missing_bytes_ = length;
    has_header_ = true;
    return true;
}

// What can be told from the first two bytes is told before the rest arrives.
bool FrameReader::check_first_bytes(std::uint8_t first, std::uint8_t second) {
    const auto opcode = static_cast<Opcode>(first & 0x0f);
    if ((first & 0x70) != 0) return fail(CloseCode::protocol_error, "a reserved bit is set");
    if (!is_known(opcode)) return fail(CloseCode::protocol_error, "the opcode is unknown");
    if ((second & 0x80) == 0) return fail(CloseCode::protocol_error, "a client must mask its frames");
    if (is_control(opcode)) {
        if ((first & 0x80) == 0) return fail(CloseCode::protocol_error, "a control frame is fragmented");
        if ((second & 0x7f) > max_control_bytes) return fail(CloseCode::protocol_error, "a control frame is too long");
    }
    return true;
}

bool FrameReader::fail(CloseCode code, std::string reason) {
    failure_ = Failure{code, std::move(reason)};
    return false;
}

// As much of the payload as is there: it leaves the input, unmasked.
void FrameReader::take_payload() {
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(missing_bytes_, input_.size()));
    const std::size_t before = frame_.payload.size();
    frame_.payload.append(input_, 0, length);
    for (std::size_t i = before; i < frame_.payload.size(); ++i) {
        frame_.payload[i] = static_cast<char>(frame_.payload[i] ^ mask_[i % mask_bytes]);
    }
    input_.erase(0, length);
    missing_bytes_ -= length;
}

}  // namespace hiratake::websocket
