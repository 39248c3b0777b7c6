#pragma once

#include "hiratake/base/clock.hpp"
#include "hiratake/timer/timer_options.hpp"

namespace hiratake::timer {

/// What intervals and the calendar have in common; see TimerOptions.
struct TickOptions {
    bool eager = false;
    MissedTicks missed_ticks = MissedTicks::skip;
    long max_caught_up = 1000;
    Duration jitter{0};
};

}  // namespace hiratake::timer
