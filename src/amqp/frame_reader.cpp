#include "amqp/frame_reader.hpp"

#include <algorithm>
#include <cstring>

#include "amqp/big_endian.hpp"

namespace hiratake::amqp {
namespace {

constexpr std::uint32_t hard_frame_max = 128U << 20U;
constexpr std::size_t smallest_buffer = 16384;

bool is_known(std::uint8_t type) {
    switch (static_cast<FrameType>(type)) {
        case FrameType::method:
        case FrameType::header:
        case FrameType::body:
        case FrameType::heartbeat: return true;
    }
    return false;
}

}  // namespace

void FrameReader::set_frame_max(std::uint32_t frame_max) {
    frame_max_ = frame_max == 0 ? hard_frame_max : std::clamp(frame_max, frame_min_size, hard_frame_max);
}

std::span<char> FrameReader::prepare(std::size_t size) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (capacity_ - end_ < size) {
        const std::size_t unread = buffered();
        if (capacity_ - unread >= size) {
            std::memmove(buffer_.get(), buffer_.get() + begin_, unread);
        } else {
            const std::size_t capacity = std::max(smallest_buffer, 2 * (unread + size));
            auto grown = std::make_unique_for_overwrite<char[]>(capacity);
            if (unread > 0) std::memcpy(grown.get(), buffer_.get() + begin_, unread);
            buffer_ = std::move(grown);
            capacity_ = capacity;
        }
        begin_ = 0;
        end_ = unread;
    }
    return {buffer_.get() + end_, capacity_ - end_};
}

void FrameReader::commit(std::size_t size) {
    end_ += std::min(size, capacity_ - end_);
}

void FrameReader::feed(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(prepare(bytes.size()).data(), bytes.data(), bytes.size());
    commit(bytes.size());
}

std::optional<std::string_view> FrameReader::take(std::size_t size) {
    if (buffered() < size) return std::nullopt;
    const std::string_view taken{buffer_.get() + begin_, size};
    begin_ += size;
    return taken;
}

FrameStatus FrameReader::next(Frame& frame) {
    if (error_.code != FrameErrorCode::none) return FrameStatus::error;
    const std::string_view unread{buffer_.get() + begin_, buffered()};
    if (unread.size() < frame_header_size) return FrameStatus::incomplete;

    const auto type = static_cast<std::uint8_t>(unread[0]);
    const auto channel = load_big_endian<std::uint16_t>(unread.data() + 1);
    const auto payload_size = load_big_endian<std::uint32_t>(unread.data() + 3);
    if (unread.starts_with("AMQP")) return fail(FrameErrorCode::peer_protocol_header);
    // Like RabbitMQ, bear with peers that forget to count the envelope.
    if (payload_size > frame_max_) return fail(FrameErrorCode::too_large);
    if (unread.size() < std::size_t{payload_size} + frame_overhead) return FrameStatus::incomplete;

    const std::string_view payload = unread.substr(frame_header_size, payload_size);
    const char end = unread[frame_header_size + payload_size];
    if (end != frame_end) return fail(FrameErrorCode::bad_end, payload, static_cast<std::uint8_t>(end));
    if (!is_known(type)) return fail(FrameErrorCode::unknown_type, payload);
    begin_ += frame_overhead + payload_size;
    frame = {static_cast<FrameType>(type), channel, payload};
    return FrameStatus::frame;
}

FrameStatus FrameReader::fail(FrameErrorCode code, std::string_view payload, std::uint8_t end) {
    const char* const header = buffer_.get() + begin_;
    error_ = {.code = code,
              .type = static_cast<std::uint8_t>(header[0]),
              .channel = load_big_endian<std::uint16_t>(header + 1),
              .payload_size = load_big_endian<std::uint32_t>(header + 3),
              .max_payload_size = frame_max_ - frame_overhead,
              .end = end,
              .payload = payload};
    return FrameStatus::error;
}

}  // namespace hiratake::amqp
