#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "timer/recurrence.hpp"
#include "timer/tick_options.hpp"

namespace hiratake::timer {

/// Which of the ticks that the instances of a service hand to the one of them whose turn it is are to run. A tick is
/// known by the moment it was due, whatever the order in which they come: one that another instance had and gave back
/// may come after later ones. Told what happens and when; asks no clock.
class TickGate {
  public:
    /// So many ticks are remembered; one that is older than all of these is taken for known.
    static constexpr std::size_t most_remembered = 1024;

    enum class Verdict {
        run,
        known,   ///< Another instance has handed over the same tick.
        missed,  ///< It came due while an earlier one ran, and is left out.
    };

    TickGate(std::shared_ptr<const Recurrence> recurrence, const TickOptions& options)
        : recurrence_(std::move(recurrence)), options_(options) {}

    /// @param due the moment of the tick
    Verdict judge(WallTime due, WallTime now);
    /// The tick that was to run has ended.
    void end(WallTime now);

  private:
    bool came_due_during_another(WallTime due) const;
    bool runs_although_missed(WallTime due, WallTime now);
    void remember(WallTime due);

    // Shared with the schedule of this instance.
    std::shared_ptr<const Recurrence> recurrence_;
    TickOptions options_;
    // When each tick was due, and when it ended; one that did not run has ended when it was due.
    std::map<WallTime, WallTime> ends_;
    WallTime forgotten_until_ = WallTime::min();
    WallTime running_ = WallTime::min();
    long caught_up_ = 0;
};

}  // namespace hiratake::timer
