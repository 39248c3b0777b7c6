#pragma once

#include <chrono>
#include <string>

namespace hiratake {

/// What becomes of the ticks that came due while the method was still running, or the machine was asleep.
enum class MissedTicks {
    skip,      ///< They are left out; the next one comes at its own time.
    run_once,  ///< One tick runs at once in place of all of them.
    catch_up,  ///< They run one after another, at once, as in Nameko.
};

/// How a method is called again and again. (Nameko: timer.)
struct TimerOptions {
    /// The first tick comes at the start, not one interval later. With once_per_cluster it is that of the interval
    /// under way, and comes unless it has run.
    bool eager = false;
    MissedTicks missed_ticks = MissedTicks::skip;
    /// How many missed ticks `catch_up` runs in a row, the oldest first; the rest is skipped.
    long max_caught_up = 1000;
    /// Each tick is delayed by a random time below this. Shorter than the interval.
    std::chrono::nanoseconds jitter{0};
    /// One of all instances of the service on the broker runs each tick.
    bool once_per_cluster = false;
};

/// How a method is called by the calendar.
struct CronOptions {
    /// A name from the IANA's tz database, such as "Europe/Berlin".
    std::string time_zone = "UTC";
    /// As in TimerOptions.
    MissedTicks missed_ticks = MissedTicks::skip;
    /// As in TimerOptions.
    long max_caught_up = 1000;
    /// As in TimerOptions; ticks that come due during the delay of another are missed.
    std::chrono::nanoseconds jitter{0};
    /// As in TimerOptions.
    bool once_per_cluster = false;
};

}  // namespace hiratake
