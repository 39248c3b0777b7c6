#pragma once

#include <memory>

#include "amqp/message_block.hpp"
#include "client/core/delivery_key.hpp"
#include "client/core/delivery_origin.hpp"

namespace hiratake::client::core {

/// A message that the broker has handed over.
struct IncomingDelivery final : amqp::MessageBlock<IncomingDelivery> {
    explicit IncomingDelivery(const amqp::MessageParts& parts) : MessageBlock(parts) {}

    DeliveryKey key = {};
    bool redelivered = false;
    /// It waits for no settlement: it has had one, or came without the need for it.
    bool is_settled = true;
    /// Who consumed it, for the driver to say. Shared: it is read and settled when the connection may be gone.
    std::shared_ptr<DeliveryOrigin> origin = nullptr;
};

using IncomingDeliveryPointer = std::unique_ptr<IncomingDelivery>;

}  // namespace hiratake::client::core
