#pragma once

#include <cstdint>

#include "hiratake/base/clock.hpp"

namespace hiratake::client {

/// How long to wait before the next attempt to reach a broker: doubling from `first_delay` up to `max_delay`, each wait
/// shortened by a random share so that the clients of a broker that restarts do not all return in the same moment.
struct RetryPolicy {
    Duration first_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{10};
    double factor = 2.0;
    /// The largest share of a wait that chance may take away: 0 for none, at most 1.
    double jitter = 0.3;

    /// The wait after the `attempt`-th failure in a row (1 is the first), where `chance` is evenly spread over [0, 1).
    Duration delay(std::uint32_t attempt, double chance) const;
};

}  // namespace hiratake::client
