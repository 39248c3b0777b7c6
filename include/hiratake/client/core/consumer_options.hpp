#pragma once

#include <cstdint>
#include <string>

#include "hiratake/amqp/table.hpp"

namespace hiratake::client {

/// How to consume from one queue (AMQP 0-9-1 basic.consume). Each consumer has a channel of its own.
struct ConsumerOptions {
    std::string queue;
    /// How many deliveries may be unsettled at a time (basic.qos); 0: no limit.
    std::uint16_t prefetch_count = 10;
    /// Names the consumer towards the broker; empty: one is made up. It stays the same over reconnects.
    std::string consumer_tag = {};
    /// Refuse to share the queue with other consumers.
    bool exclusive = false;
    /// The broker forgets each message as it sends it: nothing is settled, and what is lost on the way is lost.
    bool no_ack = false;
    amqp::Table arguments = {};
};

}  // namespace hiratake::client
