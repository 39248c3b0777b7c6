#pragma once

#include <chrono>

namespace hiratake {

using Duration = std::chrono::nanoseconds;
/// A moment of the monotonic clock, to which all deadlines and timers refer.
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;
/// A moment of the calendar, for what people and other machines read.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;

/// Who waits for a moment of a clock that stands still.
class ClockObserver {
  public:
    virtual ~ClockObserver() = default;
    /// On the thread that moved the clock. Must be quick, and leave the clock's observers as they are.
    virtual void clock_moved() = 0;
};

/// The source of time. Everything above `base` and `net` is handed one instead of asking the system.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
    virtual WallTime wall_time() const = 0;

    /// For those who wait: a clock that stands still until it is moved takes the observer, up to forget(), and tells it
    /// of each move.
    /// @return whether this is such a clock; time passes by itself otherwise
    virtual bool observe(ClockObserver& observer) const {
        static_cast<void>(observer);
        return false;
    }
    /// From here on the observer is not called. Harmless for one that is not known.
    virtual void forget(ClockObserver& observer) const { static_cast<void>(observer); }
};

/// The machine's own clocks. Safe from any thread.
class SystemClock final : public Clock {
  public:
    TimePoint now() const override;
    WallTime wall_time() const override;
};

}  // namespace hiratake
