#include "timer/cron_recurrence.hpp"

#include <gtest/gtest.h>

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;

WallTime utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}} +
           std::chrono::hours{hour} + std::chrono::minutes{minute};
}

/// What follows a moment, as hours and minutes after it: "1:00 2:00".
std::string following(const char* expression, const char* zone, WallTime from, int count) {
    const CronRecurrence recurrence{CronExpression{expression}, TimeZone{zone}};
    std::string text;
    WallTime moment = from;
    for (int i = 0; i < count; ++i) {
        moment = recurrence.next_after(moment, {});
        if (moment == never) return text + " never";
        const auto minutes = (moment - from) % 1h / 1min;
        text += (text.empty() ? "" : " ") + std::to_string((moment - from) / 1h) + (minutes < 10 ? ":0" : ":") +
                std::to_string(minutes);
    }
    return text;
}

TEST(CronRecurrence, is_by_utc_unless_told_otherwise) {
    EXPECT_EQ(following("30 9 * * *", "UTC", utc(2026, 11, 26, 9, 29), 2), "0:01 24:01");
    EXPECT_EQ(following("30 9 * * *", "UTC", utc(2026, 11, 26, 9, 30), 1), "24:00") << "later than this moment";
    EXPECT_EQ(following("30 9 * * *", "UTC", utc(2026, 11, 26, 9, 30) - 1ns, 1), "0:00");
}

TEST(CronRecurrence, is_by_the_clock_on_the_wall_of_its_zone) {
    EXPECT_EQ(following("0 9 * * *", "Europe/Berlin", utc(2026, 1, 15), 1), "8:00");
    EXPECT_EQ(following("0 9 * * *", "Europe/Berlin", utc(2026, 7, 15), 1), "7:00");
    EXPECT_EQ(following("0 9 * * *", "Asia/Kolkata", utc(2026, 7, 15), 1), "3:30");
    EXPECT_EQ(following("0 9 * * mon", "America/New_York", utc(2026, 11, 29), 1), "38:00") << "across the date";
}

// Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC.
TEST(CronRecurrence, runs_at_the_end_of_the_time_that_is_left_out) {
    const WallTime midnight = utc(2026, 3, 28, 23);
    EXPECT_EQ(following("30 2 * * *", "Europe/Berlin", midnight, 2), "2:00 25:30") << "03:00, then 02:30 of the 30th";
    EXPECT_EQ(following("*/20 2 * * *", "Europe/Berlin", midnight, 2), "2:00 25:00") << "once for all three";
    EXPECT_EQ(following("*/30 * * * *", "Europe/Berlin", utc(2026, 3, 29, 0, 15), 3), "0:15 0:45 1:15") << "even";
    EXPECT_EQ(following("0 3 * * *", "Europe/Berlin", midnight, 2), "2:00 26:00");
}

// Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
TEST(CronRecurrence, runs_what_is_for_a_certain_time_once_in_the_time_that_is_repeated) {
    const WallTime midnight = utc(2026, 10, 24, 22);
    EXPECT_EQ(following("30 2 * * *", "Europe/Berlin", midnight, 2), "2:30 27:30");
    EXPECT_EQ(following("30 2 * * *", "Europe/Berlin", utc(2026, 10, 25, 1, 15), 1), "24:15") << "from the second pass";
    EXPECT_EQ(following("0 1,2,3 * * *", "Europe/Berlin", midnight, 4), "1:00 2:00 4:00 26:00");
}

TEST(CronRecurrence, runs_what_is_for_every_hour_in_both_passes_through_the_time_that_is_repeated) {
    EXPECT_EQ(following("30 * * * *", "Europe/Berlin", utc(2026, 10, 24, 22), 5), "0:30 1:30 2:30 3:30 4:30");
    EXPECT_EQ(following("0 */2 * * *", "Europe/Berlin", utc(2026, 10, 24, 22), 3), "2:00 3:00 5:00");
}

// Lord Howe Island moves by half an hour; Samoa left out a whole day, 2011-12-30.
TEST(CronRecurrence, knows_changes_of_any_length) {
    EXPECT_EQ(following("15 2 * * *", "Australia/Lord_Howe", utc(2026, 10, 3, 13), 2), "2:30 26:15");
    EXPECT_EQ(following("0 9 30 * *", "Pacific/Apia", utc(2011, 12, 30, 9), 1), "1:00");
}

TEST(CronRecurrence, never_comes_when_the_date_does_not) {
    EXPECT_EQ(following("0 0 30 2 *", "Europe/Berlin", utc(2026, 1, 1), 1), " never");
}

TEST(TimeZone, that_is_unknown_is_refused_with_a_remedy) {
    try {
        const TimeZone zone{"Europe/Berln"};
        FAIL() << "there is no such zone";
    } catch (const ConfigurationError& error) {
        EXPECT_STREQ(error.what(),
                     "there is no time zone `Europe/Berln` on this machine; expected UTC or a name such as "
                     "Europe/Berlin, of those that Debian's package tzdata brings");
    }
}

}  // namespace
}  // namespace hiratake::timer
