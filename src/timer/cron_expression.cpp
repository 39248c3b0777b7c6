#include "timer/cron_expression.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;

constexpr std::string_view month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view weekday_names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

constexpr CronField::Rule minute_rule{.name = "minute", .lowest = 0, .highest = 59};
constexpr CronField::Rule hour_rule{.name = "hour", .lowest = 0, .highest = 23};
constexpr CronField::Rule day_rule{.name = "day of the month", .lowest = 1, .highest = 31};
constexpr CronField::Rule month_rule{.name = "month", .lowest = 1, .highest = 12, .names = month_names};
constexpr CronField::Rule weekday_rule{.name = "day of the week", .lowest = 0, .highest = 7, .names = weekday_names};

constexpr std::pair<std::string_view, std::string_view> aliases[] = {
    {"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"}, {"@weekly", "0 0 * * 0"},
    {"@daily", "0 0 * * *"},  {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}};

std::string_view without_alias(std::string_view text) {
    if (!text.starts_with('@')) return text;
    const auto alias =
        std::find_if(std::begin(aliases), std::end(aliases), [text](const auto& known) { return known.first == text; });
    if (alias != std::end(aliases)) return alias->second;
    throw ConfigurationError(fmt::format(
        "`{}` is unknown; expected @yearly, @monthly, @weekly, @daily or @hourly{}", text,
        text == "@reboot" ? ", and for a run at the start an interval with the option `eager`" : ", or five fields"));
}

}  // namespace

struct CronExpression::Fields : std::array<std::string_view, 5> {
    explicit Fields(std::string_view text) {
        constexpr std::string_view blanks = " \t";
        std::size_t count = 0;
        for (std::size_t begin = text.find_first_not_of(blanks); begin != std::string_view::npos; ++count) {
            const std::size_t end = std::min(text.find_first_of(blanks, begin), text.size());
            if (count < size()) (*this)[count] = text.substr(begin, end - begin);
            begin = text.find_first_not_of(blanks, end);
        }
        if (count == size()) return;
        throw ConfigurationError(fmt::format(
            "expected five fields (minute, hour, day of the month, month, day of the week), found {}", count));
    }
};

CronExpression::CronExpression(std::string_view text) : CronExpression(Fields{without_alias(text)}) {}

CronExpression::CronExpression(const Fields& fields)
    : minute_(minute_rule, fields[0]),
      hour_(hour_rule, fields[1]),
      day_(day_rule, fields[2]),
      month_(month_rule, fields[3]),
      weekday_(weekday_rule, fields[4]) {}

std::optional<LocalMinutes> CronExpression::next_match(LocalMinutes from, LocalMinutes before) const {
    for (local_days day = std::chrono::floor<days>(from); day < before;) {
        const std::chrono::year_month_day date{day};
        if (!month_.contains(static_cast<int>(unsigned{date.month()}))) {
            day = local_days{date.year() / date.month() / 1 + std::chrono::months{1}};
            continue;
        }
        if (is_day(day)) {
            if (const auto time_of_day = next_time_of_day(std::max<minutes>(from - day, 0min))) {
                const LocalMinutes match = day + *time_of_day;
                return match < before ? std::optional{match} : std::nullopt;
            }
        }
        day += days{1};
    }
    return std::nullopt;
}

// Of two fields that both restrict the day, one is enough. (crontab(5))
bool CronExpression::is_day(local_days day) const {
    const std::chrono::year_month_day date{day};
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    const bool day_fits = day_.contains(static_cast<int>(unsigned{date.day()}));
    const bool weekday_fits = weekday_.contains(static_cast<int>(weekday)) || (weekday == 0 && weekday_.contains(7));
    if (day_.begins_with_star() || weekday_.begins_with_star()) return day_fits && weekday_fits;
    return day_fits || weekday_fits;
}

std::optional<minutes> CronExpression::next_time_of_day(minutes from) const {
    for (minutes time = from; time < 24h; ++time) {
        const auto hour = static_cast<int>(time / 1h);
        if (!hour_.contains(hour)) {
            time = std::chrono::hours{hour} + 59min;
            continue;
        }
        if (minute_.contains(static_cast<int>(time % 1h / 1min))) return time;
    }
    return std::nullopt;
}

}  // namespace hiratake::timer
