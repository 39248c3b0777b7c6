#include "timer/cron_expression.hpp"

#include <gtest/gtest.h>

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;

LocalMinutes at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    using namespace std::chrono;
    return local_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}} + hours{hour} +
           minutes{minute};
}

// Unlike the calendar, a match is an hour and minute that a test's reader can compare.
std::string matches(const char* expression, LocalMinutes from, int count) {
    const CronExpression cron{expression};
    std::string text;
    for (int i = 0; i < count; ++i) {
        const auto match = cron.next_match(from, from + 41 * 366 * 24h);
        if (!match) return text + "never";
        const auto day = std::chrono::floor<std::chrono::days>(*match);
        const std::chrono::year_month_day date{day};
        const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
        text += (text.empty() ? "" : " | ") + std::to_string(int{date.year()}) + "-" + two(unsigned{date.month()}) +
                "-" + two(unsigned{date.day()}) + " " + two((*match - day) / 1h) + ":" +
                two((*match - day) % 1h / 1min);
        from = *match + 1min;
    }
    return text;
}

std::string refusal(const char* expression) {
    try {
        const CronExpression cron{expression};
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "none";
}

TEST(CronExpression, means_every_minute_with_five_stars) {
    EXPECT_EQ(matches("* * * * *", at(2026, 1, 31, 23, 59), 2), "2026-01-31 23:59 | 2026-02-01 00:00");
}

TEST(CronExpression, knows_lists_ranges_and_steps) {
    EXPECT_EQ(matches("5,50-59/4 3 * * *", at(2026, 3, 1), 5),
              "2026-03-01 03:05 | 2026-03-01 03:50 | 2026-03-01 03:54 | 2026-03-01 03:58 | 2026-03-02 03:05");
    EXPECT_EQ(matches("0 */10 * * *", at(2026, 3, 1), 4),
              "2026-03-01 00:00 | 2026-03-01 10:00 | 2026-03-01 20:00 | 2026-03-02 00:00");
}

TEST(CronExpression, knows_the_names_of_months_and_weekdays) {
    EXPECT_EQ(matches("0 9 * Jun-AUG mon", at(2026, 6, 26), 2), "2026-06-29 09:00 | 2026-07-06 09:00");
    EXPECT_EQ(matches("30 7 * * Sat-Sun", at(2026, 11, 26), 3),
              "2026-11-28 07:30 | 2026-11-29 07:30 | 2026-12-05 07:30");
}

TEST(CronExpression, knows_sunday_by_both_of_its_numbers) {
    EXPECT_EQ(matches("0 0 * * 0", at(2026, 11, 26), 1), "2026-11-29 00:00");
    EXPECT_EQ(matches("0 0 * * 7", at(2026, 11, 26), 1), "2026-11-29 00:00");
    EXPECT_EQ(matches("0 0 * * 5-7", at(2026, 11, 26), 3), "2026-11-27 00:00 | 2026-11-28 00:00 | 2026-11-29 00:00");
}

TEST(CronExpression, means_either_of_two_restrictions_of_the_day) {
    EXPECT_EQ(matches("0 0 13 * fri", at(2026, 3, 10), 3), "2026-03-13 00:00 | 2026-03-20 00:00 | 2026-03-27 00:00");
    EXPECT_EQ(matches("0 0 1,15 * wed", at(2026, 3, 12), 2), "2026-03-15 00:00 | 2026-03-18 00:00");
}

TEST(CronExpression, means_both_restrictions_of_the_day_when_one_begins_with_a_star) {
    EXPECT_EQ(matches("0 0 */2 * mon", at(2026, 3, 1), 2), "2026-03-09 00:00 | 2026-03-23 00:00");
}

TEST(CronExpression, finds_a_date_that_is_rare) {
    EXPECT_EQ(matches("0 12 29 2 *", at(2097, 1, 1), 1), "2104-02-29 12:00");
    EXPECT_EQ(matches("0 12 29 2 */7", at(2088, 3, 1), 1), "2128-02-29 12:00") << "a Sunday";
    EXPECT_EQ(matches("0 0 31 4 *", at(2026, 1, 1), 1), "never");
}

TEST(CronExpression, knows_aliases) {
    EXPECT_EQ(matches("@hourly", at(2026, 3, 1, 4, 1), 1), "2026-03-01 05:00");
    EXPECT_EQ(matches("@daily", at(2026, 3, 1, 4, 1), 1), "2026-03-02 00:00");
    EXPECT_EQ(matches("@weekly", at(2026, 11, 26), 1), "2026-11-29 00:00");
    EXPECT_EQ(matches("@monthly", at(2026, 3, 2), 1), "2026-04-01 00:00");
    EXPECT_EQ(matches("@yearly", at(2026, 3, 2), 1), "2027-01-01 00:00");
}

TEST(CronExpression, that_cannot_be_understood_is_refused_with_the_place_and_the_remedy) {
    EXPECT_EQ(refusal("0 24 * * *"), "`24` in the field for the hour: expected a number from 0 to 23");
    EXPECT_EQ(refusal("0 0 * * mon,foo"),
              "`foo` in the field for the day of the week: expected a number from 0 to 7 or a name such as sun");
    EXPECT_EQ(refusal("0 0 * dec-feb *"),
              "`dec-feb` in the field for the month: a range goes upwards; write two of them, with a comma between");
    EXPECT_EQ(refusal("5/15 * * * *"),
              "`5/15` in the field for the minute: a step needs a range, such as */15 or 10-20/5");
    EXPECT_EQ(refusal("*/0 * * * *"), "`*/0` in the field for the minute: expected a step from 1 to 59");
    EXPECT_EQ(refusal("0 0 * *"),
              "expected five fields (minute, hour, day of the month, month, day of the week), found 4");
    EXPECT_EQ(
        refusal("@reboot"),
        "`@reboot` is unknown; expected @yearly, @monthly, @weekly, @daily or @hourly, and for a run at the start "
        "an interval with the option `eager`");
    for (const char* expression : {"", " ", "@", "@Daily", ", * * * *", "1, * * * *", "- * * * *", "1- * * * *",
                                   "-1 * * * *", "1-2-3 * * * *", "*/ * * * *", "*/1/1 * * * *", "** * * * *",
                                   "1.5 * * * *", "99999999999 * * * *", "* * 0 * *", "* * * 13 *", "0 0 1 1 1 2026"}) {
        EXPECT_NE(refusal(expression), "none") << expression;
    }
}

}  // namespace
}  // namespace hiratake::timer
