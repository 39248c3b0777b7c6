#pragma once

#include <cstdint>

#include "broker/core/message.hpp"
#include "hiratake/base/clock.hpp"

namespace hiratake::broker::core {

/// A message's place in one queue.
struct QueueEntry {
    MessagePointer message;
    /// Where it was put: grows with each message that the queue takes. Requeueing goes back there.
    std::uint64_t position = 0;
    /// Counted from the first time it was put here; requeueing does not extend it.
    TimePoint expires_at = TimePoint::max();
    std::uint32_t requeue_count = 0;
    bool redelivered = false;
};

}  // namespace hiratake::broker::core
