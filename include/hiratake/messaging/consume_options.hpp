#pragma once

#include <chrono>
#include <cstddef>

#include "hiratake/amqp/topology.hpp"

namespace hiratake {

/// How a method consumes a queue. (Nameko: messaging.consume.)
struct ConsumeOptions {
    /// What is declared before: exchanges, the queue, bindings. A queue that is not among it is declared as durable;
    /// one that must be there already is declared passive.
    amqp::Topology topology = {};
    /// A method that throws gets the message again, at once, until it succeeds; otherwise the message is gone.
    bool requeue_on_error = false;
};

/// How a method consumes a queue many messages at a time.
struct BatchOptions {
    /// As in ConsumeOptions.
    amqp::Topology topology = {};
    /// A batch of this size is handed over at once. Between 1 and 32,767.
    std::size_t max_messages = 100;
    /// A batch is handed over when its first message has waited this long, however small it is.
    std::chrono::milliseconds max_wait{100};
    /// As in ConsumeOptions, for each message of the batch.
    bool requeue_on_error = false;
};

}  // namespace hiratake
