#pragma once

#include "hiratake/base/clock.hpp"

namespace hiratake::timer {

/// What never comes.
inline constexpr WallTime never = WallTime::max();

/// The moments at which something happens again and again.
class Recurrence {
  public:
    virtual ~Recurrence() = default;
    /// The first of the moments that is later than this one; `never` when there is none.
    /// @param anchor what intervals are counted from; the calendar has no use for it
    virtual WallTime next_after(WallTime moment, WallTime anchor) const = 0;
    /// When the interval began in which this moment is. The calendar has no intervals, and so no eager ticks.
    virtual WallTime interval_of(WallTime moment, [[maybe_unused]] WallTime anchor) const { return moment; }
};

}  // namespace hiratake::timer
