#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

class Session;

/// What happens to a message that a full queue is given.
enum class Overflow { drop_head, reject_publish, reject_publish_dead_letter };

/// What queue.declare asked for: its flags, and the meaning of its arguments.
struct QueueSettings {
    bool durable = false;
    bool auto_delete = false;
    /// The connection that alone may use it, and with which it goes; null: not exclusive.
    Session* exclusive_owner = nullptr;
    amqp::Table arguments;

    std::optional<std::chrono::milliseconds> message_ttl;
    std::optional<std::chrono::milliseconds> expires;
    std::optional<std::uint64_t> max_length;
    std::optional<std::uint64_t> max_length_bytes;
    Overflow overflow = Overflow::drop_head;
    std::optional<std::string> dead_letter_exchange;
    std::optional<std::string> dead_letter_routing_key;
    std::uint8_t max_priority = 0;
    bool single_active_consumer = false;
    /// A quorum queue is a durable queue that counts deliveries; on one node there is no more to it.
    bool is_quorum = false;
    std::optional<std::uint64_t> delivery_limit;
};

}  // namespace hiratake::broker::core
