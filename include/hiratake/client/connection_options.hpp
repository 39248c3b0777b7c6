#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/client/core/connection_uri.hpp"
#include "hiratake/client/core/retry_policy.hpp"

namespace hiratake::client {

/// How to connect, and how much to let wait. What a URI says for itself (heartbeat, timeout, login) goes before what is
/// said here.
struct ConnectionOptions {
    /// The brokers of one cluster, tried in turn.
    std::vector<ConnectionUri> uris = {ConnectionUri{}};
    /// Shown in the broker's list of connections; empty: none.
    std::string connection_name = {};
    /// Seconds of silence after which a sign of life is due; 0 switches heartbeats off.
    std::uint16_t heartbeat_s = 60;
    /// For one attempt on one host: name, TCP and TLS.
    Duration connection_timeout = std::chrono::seconds{5};
    /// For the AMQP handshake.
    Duration handshake_timeout = std::chrono::seconds{10};
    /// For declarations and consumers on a new connection.
    Duration restore_timeout = std::chrono::seconds{60};
    RetryPolicy retry = {};
    SaslMechanism mechanism = SaslMechanism::plain;
    /// How many publishes, and bytes of them, may be outstanding: staged, waiting for the broker or unconfirmed. Beyond
    /// that publish() waits, up to its deadline; on the I/O thread, which must not wait, it reports `overloaded`.
    std::size_t max_outstanding_publishes = 20'000;
    std::size_t max_outstanding_bytes = 256UL << 20;
    /// How many publishes may be on the wire without an answer.
    std::size_t max_unconfirmed_publishes = 4096;
    /// A publish that was written this often and took the connection with it each time is reported `connection_lost`.
    std::uint32_t max_publish_attempts = 5;
    /// Larger messages of the broker are refused, by closing the connection.
    std::uint64_t max_message_size = 128ULL << 20;
    /// The largest frame to agree on, in bytes.
    std::uint32_t frame_max = 131072;
};

}  // namespace hiratake::client
