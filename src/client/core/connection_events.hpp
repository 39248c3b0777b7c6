#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/core/incoming_delivery.hpp"
#include "client/core/pending_publish.hpp"
#include "hiratake/client/core/consumer_state.hpp"

namespace hiratake::client::core {

/// A consumer has come to consume, or does not any more.
struct ConsumerChange {
    /// The consumer's channel, which names it.
    std::uint16_t consumer = 0;
    ConsumerState state = ConsumerState::waiting;

    friend bool operator==(const ConsumerChange&, const ConsumerChange&) = default;
};

/// The broker has answered the declaration of a queue.
struct DeclaredQueue {
    std::string name;
    /// How many messages were ready in it.
    std::uint32_t message_count = 0;
};

/// A message that the broker gave back, and that no publish waits for.
struct UnclaimedReturn {
    std::string exchange;
    std::string routing_key;
    std::string encoded_properties;
    /// For people: "312 NO_ROUTE".
    std::string reason;
};

/// What the machine has brought about since the driver looked last. Users are told by the driver, never from inside the
/// machine.
struct ConnectionEvents {
    std::vector<IncomingDeliveryPointer> deliveries;
    SettledPublishes settled;
    std::vector<ConsumerChange> consumers;
    std::vector<DeclaredQueue> queues;
    std::vector<UnclaimedReturn> returns;

    bool empty() const {
        return deliveries.empty() && settled.empty() && consumers.empty() && queues.empty() && returns.empty();
    }
    void clear() {
        deliveries.clear();
        settled.clear();
        consumers.clear();
        queues.clear();
        returns.clear();
    }
};

}  // namespace hiratake::client::core
