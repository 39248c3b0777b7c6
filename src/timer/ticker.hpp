#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "net/timer.hpp"
#include "timer/tick_schedule.hpp"

namespace hiratake::timer {

/// How long to wait for the end of a ticker on a loop that may have ended already.
inline constexpr Duration longest_farewell = std::chrono::seconds{5};

/// Calls a function at each tick of a schedule. For the loop's thread.
class Ticker {
  public:
    /// By which clock the time passes.
    enum class Pace {
        monotonic,  ///< Putting the clock of the machine makes no interval longer or shorter.
        calendar,   ///< By the clock of the machine, which is looked at once a minute, as somebody may put it.
    };

    /// @param tick calls end_tick(), now or later
    /// @param loop outlives the ticker
    Ticker(net::EventLoop& loop, TickSchedule schedule, Pace pace, std::function<void(WallTime due)> tick);

    /// @param anchor what intervals are counted from; the start, if it is none
    void start(std::optional<WallTime> anchor = {});
    /// @return as TickSchedule::end()
    long end_tick();
    /// The time by which the schedule goes.
    WallTime now() const;

  private:
    void arm();
    void look();

    net::EventLoop& loop_;
    TickSchedule schedule_;
    Pace pace_;
    std::function<void(WallTime due)> tick_;
    WallTime started_at_;
    TimePoint started_;
    WallTime last_look_;
    net::Timer timer_;
};

}  // namespace hiratake::timer
