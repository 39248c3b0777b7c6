#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hiratake::timer {

/// One of the five fields of a cron expression: the numbers that it stands for.
class CronField {
  public:
    /// What may stand in a field.
    struct Rule {
        /// "hour", for errors.
        std::string_view name;
        int lowest;
        int highest;
        /// Lower case, for `lowest` and the numbers after it.
        std::span<const std::string_view> names = {};
    };

    /// A list of `*`, numbers, names and ranges, the first and the last with an optional step.
    /// Throws ConfigurationError, which names the field and the part of it that cannot be understood.
    CronField(const Rule& rule, std::string_view text);

    bool contains(int number) const { return (numbers_ >> number & 1) != 0; }
    /// It begins with `*`, and so is no restriction of its own. (crontab(5))
    bool begins_with_star() const { return begins_with_star_; }

  private:
    void add(const Rule& rule, std::string_view part);
    void add(int first, int last, int step);

    std::uint64_t numbers_ = 0;
    bool begins_with_star_;
};

}  // namespace hiratake::timer
