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
    /// Have the broker confirm it (RabbitMQ publisher confirms). Without that its outcome is `sent` as soon as it is
    /// written, it is never written again, and a return goes to Connection::on_return(). One that the broker refuses
    /// takes along what was sent without a confirm right behind it. Publications with and without confirms have a
    /// channel each: their order among each other is not kept.
    bool confirm = true;
};

}  // namespace hiratake::client
