#pragma once

#include <string>
#include <variant>
#include <vector>

#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// exchange.declare (AMQP 0-9-1 section 1.6.2.1). Passive: only checks that it exists.
struct Exchange {
    std::string name;
    std::string type = "topic";
    bool passive = false;
    bool durable = true;
    bool auto_delete = false;
    bool internal = false;
    Table arguments = {};
    bool operator==(const Exchange&) const = default;
};

/// queue.declare (AMQP 0-9-1 section 1.7.2.1). The name is chosen by the client, so that it stays over a reconnect.
struct Queue {
    std::string name;
    bool passive = false;
    bool durable = true;
    bool exclusive = false;
    bool auto_delete = false;
    Table arguments = {};
    bool operator==(const Queue&) const = default;
};

/// queue.bind: what is published to `exchange` under a matching routing key arrives in `queue`.
struct Binding {
    std::string queue;
    std::string exchange;
    std::string routing_key = {};
    Table arguments = {};
    bool operator==(const Binding&) const = default;
};

/// exchange.bind (RabbitMQ): what is published to `source` under a matching routing key goes through `destination` as
/// well.
struct ExchangeBinding {
    std::string destination;
    std::string source;
    std::string routing_key = {};
    Table arguments = {};
    bool operator==(const ExchangeBinding&) const = default;
};

using Declaration = std::variant<Exchange, Queue, Binding, ExchangeBinding>;

/// Exchanges, queues and bindings as data: declared in this order on every connection, so write down an exchange before
/// the queue that is bound to it. Declaring the same thing twice is harmless; declaring it differently is an error.
using Topology = std::vector<Declaration>;

}  // namespace hiratake::amqp
