#pragma once

#include <memory>
#include <string>

#include "hiratake/payload/value.hpp"
#include "timer/recurrence.hpp"
#include "timer/tick_options.hpp"
#include "timer/ticker.hpp"

namespace hiratake::timer {

/// What a timer goes by.
struct TimerPlan {
    std::shared_ptr<const Recurrence> recurrence;
    TickOptions options;
    Ticker::Pace pace;
    /// For generated documents.
    Object description;
};

}  // namespace hiratake::timer
