#pragma once

#include <string_view>

#include "hiratake/client/message_properties.hpp"

namespace hiratake::client {

/// A message to publish, and where to. Views need to hold only until publish() has returned.
struct Publication {
    /// Empty: the default exchange, which takes the routing key for a queue's name.
    std::string_view exchange = {};
    std::string_view routing_key = {};
    std::string_view body = {};
    MessageProperties properties = {};
    /// Have it returned when no queue is bound for it, instead of dropped.
    bool mandatory = false;
};

}  // namespace hiratake::client
