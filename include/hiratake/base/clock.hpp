#pragma once

#include <chrono>

namespace hiratake {

using Duration = std::chrono::nanoseconds;
/// A moment of the monotonic clock, to which all deadlines and timers refer.
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;
/// A moment of the calendar, for what people and other machines read.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;

/// The source of time. Everything above `base` and `net` is handed one instead of asking the system.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
    virtual WallTime wall_time() const = 0;
};

/// The machine's own clocks. Safe from any thread.
class SystemClock final : public Clock {
  public:
    TimePoint now() const override;
    WallTime wall_time() const override;
};

/// A clock that stands still until the test moves it. Not thread-safe.
class ManualClock final : public Clock {
  public:
    TimePoint now() const override { return now_; }
    WallTime wall_time() const override { return wall_time_; }
    void advance(Duration by) {
        now_ += by;
        wall_time_ += by;
    }

  private:
    TimePoint now_{std::chrono::hours{1}};
    WallTime wall_time_{std::chrono::hours{24 * 365 * 50}};
};

}  // namespace hiratake
