#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hiratake::broker::core {

/// The broker's bounds. What happens at each is said beside it.
struct Limits {
    /// Channels of one connection: one more is a connection error.
    std::uint16_t channel_max = 2047;
    /// The largest frame: a larger one is a connection error.
    std::uint32_t frame_max = 131072;
    /// Proposed to clients, in seconds; the client decides.
    std::uint16_t heartbeat_seconds = 60;
    /// The largest body, in bytes: a larger one is a channel error.
    std::uint64_t max_message_size = 134217728;
    /// A connection that is not open by then is dropped.
    std::chrono::milliseconds handshake_timeout{10000};
    /// How long the client has to answer a connection.close before its connection is dropped.
    std::chrono::milliseconds close_timeout{5000};
    /// How long a client that cannot be told so waits for the end of its connection after a refused login: guessing
    /// passwords must not be quick.
    std::chrono::milliseconds refused_login_delay{1000};
    /// Bytes that wait to be sent to one client: beyond it there are no deliveries to it, and from twice it on nothing
    /// is read from it.
    std::size_t output_high_watermark = 1024 * 1024;
    /// Bytes of all messages: beyond it, connections that publish are blocked until it is below nine tenths.
    std::size_t memory_high_watermark = std::size_t{1024} * 1024 * 1024;
    /// Bytes that a blocked connection has sent meanwhile: beyond it, nothing is read from it.
    std::size_t blocked_backlog = 256 * 1024;
};

}  // namespace hiratake::broker::core
