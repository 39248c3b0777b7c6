#pragma once

namespace hiratake {

/// What becomes of the ticks that came due while the method was still running.
enum class MissedTicks {
    skip,      ///< They are left out; the next one comes at its own time.
    catch_up,  ///< They run one after another, at once, as in Nameko.
};

/// How a method is called again and again. (Nameko: timer.)
struct TimerOptions {
    /// The first tick comes at the start, not one interval later.
    bool eager = false;
    MissedTicks missed_ticks = MissedTicks::skip;
};

}  // namespace hiratake
