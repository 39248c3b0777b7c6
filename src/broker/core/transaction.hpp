#pragma once

#include <string>
#include <vector>

#include "broker/core/message.hpp"
#include "broker/core/unacknowledged_deliveries.hpp"

namespace hiratake::broker::core {

/// A message that is on its way to its queues.
struct Publication {
    MessagePointer message;
    /// Routing keys besides the message's own.
    std::vector<std::string> copies;
    /// Give it back to the publisher when no queue takes it.
    bool mandatory = false;
};

/// What happens to deliveries that the client settles.
enum class Settlement { acknowledge, requeue, reject };

/// What a transactional channel has been told since its last commit or rollback.
struct Transaction {
    struct Settled {
        Settlement settlement;
        std::vector<Delivery> deliveries;
    };

    std::vector<Publication> publications;
    std::vector<Settled> settled;
};

}  // namespace hiratake::broker::core
