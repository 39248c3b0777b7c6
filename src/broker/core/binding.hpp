#pragma once

#include <string>

#include "broker/core/routing_target.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

/// From an exchange to a target. Two bindings are the same when all three parts are.
struct Binding {
    RoutingTarget* target;
    std::string routing_key;
    amqp::Table arguments;

    friend bool operator==(const Binding&, const Binding&) = default;
};

}  // namespace hiratake::broker::core
