#pragma once

#include <functional>
#include <string_view>

#include "hiratake/client/message_properties.hpp"

namespace hiratake::client {

/// A mandatory message that no queue was bound for, as the broker gave it back (AMQP 0-9-1 basic.return). The views
/// hold while the handler runs.
struct ReturnedMessage {
    std::string_view exchange;
    std::string_view routing_key;
    MessageProperties properties;
    /// For people: "312 NO_ROUTE".
    std::string_view reason;
};

/// Returns whether the message was its. Called on the I/O thread: it must be short and must not wait.
using ReturnHandler = std::function<bool(const ReturnedMessage& message)>;

}  // namespace hiratake::client
