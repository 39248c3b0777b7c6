#pragma once

#include <memory>

#include "timer/recurrence.hpp"
#include "timer/tick_options.hpp"

namespace hiratake::timer {

/// Which of the ticks that the instances of a service hand to the one of them whose turn it is are to run. Told what
/// happens and when; asks no clock.
class TickGate {
  public:
    enum class Verdict {
        run,
        known,   ///< Another instance has handed over the same tick, or a later one.
        missed,  ///< It came due while an earlier one ran, and is left out.
    };

    TickGate(std::shared_ptr<const Recurrence> recurrence, const TickOptions& options)
        : recurrence_(std::move(recurrence)), options_(options) {}

    /// @param due the moment of the tick
    Verdict judge(WallTime due, WallTime now);
    /// The tick that was to run has ended.
    void end(WallTime now) { busy_until_ = now; }

  private:
    bool runs_although_missed(WallTime due, WallTime now);

    // Shared with the schedule of this instance.
    std::shared_ptr<const Recurrence> recurrence_;
    TickOptions options_;
    WallTime last_due_ = WallTime::min();
    WallTime busy_until_ = WallTime::min();
    long caught_up_ = 0;
};

}  // namespace hiratake::timer
