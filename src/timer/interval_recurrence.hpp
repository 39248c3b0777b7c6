#pragma once

#include "timer/recurrence.hpp"

namespace hiratake::timer {

/// anchor + n × interval.
class IntervalRecurrence final : public Recurrence {
  public:
    /// @param interval above zero
    explicit IntervalRecurrence(Duration interval) : interval_(interval) {}

    /// @param moment not before the anchor
    WallTime next_after(WallTime moment, WallTime anchor) const override {
        const WallTime last = interval_of(moment, anchor);
        return interval_ >= never - last ? never : last + interval_;
    }
    WallTime interval_of(WallTime moment, WallTime anchor) const override {
        return moment - (moment - anchor) % interval_;
    }

  private:
    Duration interval_;
};

}  // namespace hiratake::timer
