#pragma once

#include <memory>

#include "client/core/incoming_delivery.hpp"
#include "client/inbox.hpp"
#include "client/subscription.hpp"
#include "hiratake/client/delivery.hpp"

namespace hiratake::client {

struct Delivery::Content {
    core::IncomingDelivery incoming;
    bool is_settled = false;
    // Shared between the connection and its deliveries, which workers may hold for longer.
    std::shared_ptr<Inbox> inbox;
    // Shared likewise; for the consumer's tag.
    std::shared_ptr<const Consumer::Subscription> subscription;
};

}  // namespace hiratake::client
