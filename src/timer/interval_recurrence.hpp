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
        const Duration since_last = (moment - anchor) % interval_;
        const WallTime last = moment - since_last;
        return interval_ >= never - last ? never : last + interval_;
    }

  private:
    Duration interval_;
};

}  // namespace hiratake::timer
