#include "hiratake/payload/convert_chrono.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/clock.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake {
namespace {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""us;
using std::chrono_literals::operator""ns;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""h;
using std::chrono::sys_days;
using std::chrono::year;

constexpr auto noon = sys_days{year{2024} / 2 / 29} + 12h;

WallTime moment(std::string_view text) {
    return from_value<WallTime>(text);
}

TEST(ConvertChrono, writes_moments_as_kombu_does) {
    EXPECT_EQ(to_value(WallTime{noon}), Value("2024-02-29T12:00:00Z"));
    EXPECT_EQ(to_value(WallTime{noon + 1s + 20ms + 5us}), Value("2024-02-29T12:00:01.020005Z"));
    EXPECT_EQ(to_value(WallTime{noon + 7ns}), Value("2024-02-29T12:00:00Z"));
    EXPECT_EQ(to_value(WallTime{-1s}), Value("1969-12-31T23:59:59Z"));
}

TEST(ConvertChrono, reads_moments_in_many_forms) {
    EXPECT_EQ(moment("2024-02-29T12:00:00Z"), noon);
    EXPECT_EQ(moment("2024-02-29T12:00:00"), noon);
    EXPECT_EQ(moment("2024-02-29 12:00"), noon);
    EXPECT_EQ(moment("2024-02-29T14:00:00+02:00"), noon);
    EXPECT_EQ(moment("2024-02-29T06:30:00-0530"), noon);
    EXPECT_EQ(moment("2024-02-29T13:00:00+01"), noon);
    EXPECT_EQ(moment("2024-02-29T12:00:00.123456789Z"), noon + 123456789ns);
    EXPECT_EQ(moment("2024-02-29T12:00:00.5Z"), noon + 500ms);
    EXPECT_EQ(moment("2024-02-29"), noon - 12h);
    EXPECT_EQ(from_value<WallTime>(parse_json(R"({"__type__": "datetime", "__value__": "2024-02-29T12:00:00"})")),
              noon);
}

TEST(ConvertChrono, refuses_what_is_no_moment) {
    for (const char* wrong : {"",
                              "2024",
                              "2024-02-30",
                              "2023-02-29",
                              "2024-13-01",
                              "2024-02-29T",
                              "2024-02-29T24:00",
                              "2024-02-29T12",
                              "2024-02-29T12:60",
                              "2024-02-29T12:00:61",
                              "2024-02-29T12:00:00.",
                              "2024-02-29T12:00:00.1234567890",
                              "2024-02-29T12:00:00X",
                              "2024-02-29T12:00:00+",
                              "2024-02-29T12:00:00+1",
                              "2024-02-29T12:00:00+24:00",
                              "2024-02-29T12:00:00Zx",
                              "24-02-29",
                              "2024-2-9",
                              "1500-01-01",
                              "2300-01-01",
                              "+024-01-01"}) {
        EXPECT_THROW(moment(wrong), ConversionError) << wrong;
    }
    EXPECT_THROW(from_value<WallTime>(5), ConversionError);
}

TEST(ConvertChrono, cuts_off_what_is_finer_than_the_type) {
    using Seconds = std::chrono::sys_seconds;
    EXPECT_EQ(from_value<Seconds>("2024-02-29T12:00:00.999Z"), noon);
    EXPECT_EQ(to_value(Seconds{noon}), Value("2024-02-29T12:00:00Z"));
}

TEST(ConvertChrono, reads_and_writes_dates) {
    constexpr std::chrono::year_month_day date{year{2024} / 2 / 29};
    EXPECT_EQ(to_value(date), Value("2024-02-29"));
    EXPECT_EQ(from_value<std::chrono::year_month_day>("2024-02-29"), date);
    EXPECT_EQ(from_value<std::chrono::year_month_day>("2024-02-29T00:00:00"), date);
    EXPECT_THROW(from_value<std::chrono::year_month_day>("2024-02-29T00:00:01"), ConversionError);
    EXPECT_THROW(from_value<std::chrono::year_month_day>("2024-02-29x"), ConversionError);
    EXPECT_THROW(from_value<std::chrono::year_month_day>("2023-02-29"), ConversionError);
}

TEST(ConvertChrono, reads_and_writes_durations_as_seconds) {
    EXPECT_EQ(to_value(5min), Value(300));
    EXPECT_EQ(to_value(1500ms), Value(1.5));
    EXPECT_EQ(from_value<std::chrono::seconds>(300), 5min);
    EXPECT_EQ(from_value<std::chrono::milliseconds>(1.5), 1500ms);
    EXPECT_EQ(from_value<std::chrono::seconds>(1.999), 1s);
    EXPECT_EQ(from_value<std::chrono::nanoseconds>(-2), -2s);
    EXPECT_THROW(from_value<std::chrono::seconds>("5"), ConversionError);
    EXPECT_THROW(from_value<std::chrono::seconds>(1e300), ConversionError);
    EXPECT_THROW(from_value<std::chrono::seconds>(parse_json("NaN")), ConversionError);
    EXPECT_THROW(from_value<std::chrono::seconds>(9'300'000'000), ConversionError);
}

}  // namespace
}  // namespace hiratake
