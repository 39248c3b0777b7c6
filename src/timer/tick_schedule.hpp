#pragma once

#include <memory>

#include "timer/recurrence.hpp"
#include "timer/tick_options.hpp"

namespace hiratake {
class Random;
}

namespace hiratake::timer {

/// When a method is to be called next. Told what happens and when; asks no clock.
class TickSchedule {
  public:
    /// @param random for the jitter; outlives the schedule
    TickSchedule(std::shared_ptr<const Recurrence> recurrence, const TickOptions& options, Random& random)
        : recurrence_(std::move(recurrence)), options_(options), random_(random) {}

    /// @param anchor what intervals are counted from
    void start(WallTime now, WallTime anchor);
    /// When the next tick begins, its jitter included: `never` before start() and while one runs.
    WallTime next() const { return is_running_ ? never : begins_at_; }
    /// The tick that was due begins.
    /// @return the moment that it was due, without jitter
    WallTime begin();
    /// It has ended.
    /// @return how many ticks are skipped because they came due meanwhile; at most 100,000 are counted
    long end(WallTime now);
    /// The clock was wrong and has been put right: forgets when ticks were due.
    void clock_was_corrected(WallTime now);

  private:
    WallTime next_after(WallTime moment) const { return recurrence_->next_after(moment, anchor_); }
    void set_due(WallTime due);
    long skip(WallTime first_missed, WallTime now);

    // Shared with whoever judges the ticks of other instances.
    std::shared_ptr<const Recurrence> recurrence_;
    TickOptions options_;
    Random& random_;
    WallTime anchor_;
    WallTime due_;
    WallTime begins_at_ = never;
    bool is_running_ = false;
    long caught_up_ = 0;
};

}  // namespace hiratake::timer
