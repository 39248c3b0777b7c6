#pragma once

#include <cstdint>
#include <string_view>

namespace hiratake::amqp {

/// What a frame carries (AMQP 0-9-1 section 4.2.3).
enum class FrameType : std::uint8_t { method = 1, header = 2, body = 3, heartbeat = 8 };

/// One frame without its envelope. The payload is a view into the buffer of the FrameReader that found it.
struct Frame {
    FrameType type = FrameType::heartbeat;
    std::uint16_t channel = 0;
    std::string_view payload;
};

/// Type, channel and size before the payload.
inline constexpr std::uint32_t frame_header_size = 7;
/// Everything of a frame but its payload.
inline constexpr std::uint32_t frame_overhead = frame_header_size + 1;
inline constexpr char frame_end = '\xCE';
/// The largest frame that both sides must take before they have negotiated, and the least that they may negotiate.
inline constexpr std::uint32_t frame_min_size = 4096;
/// What RabbitMQ and Hiratake propose.
inline constexpr std::uint32_t default_frame_max = 131072;

/// What a client says first, and what a server answers to anything else.
inline constexpr std::string_view protocol_header{"AMQP\x00\x00\x09\x01", 8};

}  // namespace hiratake::amqp
