#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "timer/cron_field.hpp"

namespace hiratake::timer {

/// A time on the clock on the wall, wherever it hangs.
using LocalMinutes = std::chrono::local_time<std::chrono::minutes>;

/// Five fields, or an alias for them, that say which minutes of the calendar are meant (crontab(5)).
class CronExpression {
  public:
    /// Throws ConfigurationError, which names the field and the part of it that cannot be understood.
    explicit CronExpression(std::string_view text);

    /// The first minute that is meant, from `from` on, before `before`.
    std::optional<LocalMinutes> next_match(LocalMinutes from, LocalMinutes before) const;
    /// Its hour field begins with `*`: it means moments of every hour rather than certain times of the day.
    bool is_for_every_hour() const { return hour_.begins_with_star(); }

  private:
    struct Fields;
    explicit CronExpression(const Fields& fields);

    bool is_day(std::chrono::local_days day) const;
    std::optional<std::chrono::minutes> next_time_of_day(std::chrono::minutes from) const;

    CronField minute_;
    CronField hour_;
    CronField day_;
    CronField month_;
    CronField weekday_;
};

}  // namespace hiratake::timer
