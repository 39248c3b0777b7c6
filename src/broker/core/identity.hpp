#pragma once

#include <string>

#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

/// As whom the broker introduces itself. Clients decide by product and version what they dare to use (kombu: which kind
/// of prefetch), so by default it gives the name and version that it stands in for.
struct Identity {
    std::string product = "RabbitMQ";
    std::string version = "3.10.8";
    std::string cluster_name = "hiratake";
    /// Hiratake's own version, for the key `embedded_broker`.
    std::string own_version;
};

/// The server properties of connection.start.
amqp::Table server_properties(const Identity& identity);

}  // namespace hiratake::broker::core
