#pragma once

#include <cstdint>

#include "hiratake/amqp/properties.hpp"

namespace hiratake::client {

/// delivery_mode of a message that survives a restart of the broker, in a durable queue.
inline constexpr std::uint8_t persistent = amqp::persistent_delivery_mode;
/// delivery_mode of one that does not.
inline constexpr std::uint8_t transient = 1;

/// The properties of a message. Texts are views: of a delivery into the delivery, of a publication into what the
/// publisher holds until publish() has returned. A publication is persistent unless told otherwise.
using MessageProperties = amqp::Properties;

}  // namespace hiratake::client
