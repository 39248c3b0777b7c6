#pragma once

#include <cstddef>
#include <cstdint>

namespace hiratake::client {

/// What a connection has done and has to do, for metrics.
struct ConnectionStatistics {
    /// How often it has become ready: 1 for a connection that was never lost.
    std::uint64_t times_ready = 0;
    /// Publishes that wait to be written, or for the broker's confirm.
    std::size_t outstanding_publishes = 0;
};

}  // namespace hiratake::client
