#pragma once

#include "hiratake/base/deadline.hpp"
#include "hiratake/timer/timer_options.hpp"

namespace hiratake::timer {

/// When a method is to be called next. Told what happens and when; asks no clock.
class TickSchedule {
  public:
    TickSchedule(Duration interval, TimerOptions options) : interval_(interval), options_(options) {}

    void start(TimePoint now);
    /// When the next tick begins: never before start() and while one runs.
    Deadline next() const { return is_running_ ? Deadline::never() : Deadline{due_}; }
    /// The tick that was due begins.
    void begin() { is_running_ = true; }
    /// It has ended.
    /// @return how many ticks were skipped because they came due meanwhile
    long end(TimePoint now);

  private:
    Duration interval_;
    TimerOptions options_;
    TimePoint due_ = TimePoint::max();
    bool is_running_ = false;
};

}  // namespace hiratake::timer
