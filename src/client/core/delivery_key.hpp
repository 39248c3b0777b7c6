#pragma once

#include <cstdint>

namespace hiratake::client::core {

/// Names one delivery towards the broker. It means something only on the channel, and as long as the channel lives,
/// that brought it: after that, settling is void, because the broker has put the message back already.
struct DeliveryKey {
    std::uint16_t channel = 0;
    /// Counts the times that the channel has been opened.
    std::uint64_t generation = 0;
    std::uint64_t delivery_tag = 0;

    friend bool operator==(const DeliveryKey&, const DeliveryKey&) = default;
};

/// What becomes of a delivery.
enum class Settlement {
    ack,      ///< basic.ack
    requeue,  ///< basic.reject, back to the queue
    discard,  ///< basic.reject, dropped or dead-lettered
};

}  // namespace hiratake::client::core
