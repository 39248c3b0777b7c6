#pragma once

#include <cstdint>
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

/// What the machine has brought about since the driver looked last. Users are told by the driver, never from inside the
/// machine.
struct ConnectionEvents {
    std::vector<IncomingDelivery> deliveries;
    SettledPublishes settled;
    std::vector<ConsumerChange> consumers;

    bool empty() const { return deliveries.empty() && settled.empty() && consumers.empty(); }
    void clear() {
        deliveries.clear();
        settled.clear();
        consumers.clear();
    }
};

}  // namespace hiratake::client::core
