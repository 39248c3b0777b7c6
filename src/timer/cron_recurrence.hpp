#pragma once

#include "timer/cron_expression.hpp"
#include "timer/recurrence.hpp"
#include "timer/time_zone.hpp"

namespace hiratake::timer {

/// The moments that a cron expression means in a time zone.
///
/// When clocks are put forward, what was to happen in the time left out happens once, at its end. When they are put
/// back, what is for every hour happens in both passes through the repeated time; what is for a certain time of the day
/// happens in the first.
class CronRecurrence final : public Recurrence {
  public:
    CronRecurrence(CronExpression expression, TimeZone zone) : expression_(expression), zone_(zone) {}

    WallTime next_after(WallTime moment, WallTime anchor) const override;

  private:
    bool is_repeated_time_left_out(const TimeZone::Period& before, const TimeZone::Period& period) const {
        return before.offset > period.offset && !expression_.is_for_every_hour();
    }

    CronExpression expression_;
    TimeZone zone_;
};

}  // namespace hiratake::timer
