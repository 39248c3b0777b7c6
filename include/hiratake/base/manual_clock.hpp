#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "hiratake/base/clock.hpp"

namespace hiratake {

/// A clock that stands still until a test moves it: virtual time. Safe from any thread.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(TimePoint start = TimePoint{std::chrono::hours{1}}) : start_(start) {}

    TimePoint now() const override { return start_ + moved(); }
    WallTime wall_time() const override { return WallTime{std::chrono::hours{24 * 365 * 50}} + moved(); }
    bool observe(ClockObserver& observer) const override;
    void forget(ClockObserver& observer) const override;

    /// Timers and timeouts that come due run soon, on the threads that wait for them.
    void advance(Duration by);

  private:
    Duration moved() const { return Duration{moved_ns_.load()}; }

    const TimePoint start_;
    std::atomic<Duration::rep> moved_ns_ = 0;
    mutable std::mutex mutex_;
    mutable std::vector<ClockObserver*> observers_;
};

}  // namespace hiratake
