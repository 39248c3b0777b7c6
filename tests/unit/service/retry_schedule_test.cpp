#include "hiratake/service/retry_schedule.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

std::vector<std::int64_t> delays_of(const RetrySchedule& schedule) {
    std::vector<std::int64_t> delays_ms;
    for (std::uint32_t failures = 1; const auto delay = schedule.delay_after(failures); ++failures) {
        delays_ms.push_back(delay->count());
    }
    return delays_ms;
}
using Delays = std::vector<std::int64_t>;

TEST(RetrySchedule, has_a_retry_after_each_delay_of_a_list) {
    EXPECT_EQ(delays_of({1s, 5s}), (Delays{1000, 5000}));
    EXPECT_EQ(delays_of({20ms}), Delays{20});
    EXPECT_EQ(RetrySchedule({1s}).delay_after(0), std::nullopt);
}

TEST(RetrySchedule, repeats_the_last_delay_up_to_its_limit) {
    EXPECT_EQ(delays_of(RetrySchedule({1s, 5s}).limit(4)), (Delays{1000, 5000, 5000, 5000}));
    EXPECT_EQ(delays_of(RetrySchedule({1s, 5s}).limit(1)), Delays{1000});
    EXPECT_EQ(delays_of(RetrySchedule({1s}).limit(0)), Delays{});
}

TEST(RetrySchedule, grows_up_to_its_cap) {
    EXPECT_EQ(delays_of(ExponentialDelays{.first = 1s, .cap = 5s, .limit = 5}), (Delays{1000, 2000, 4000, 5000, 5000}));
    EXPECT_EQ(delays_of(ExponentialDelays{.first = 1s, .cap = 1min, .factor = 1.5, .limit = 3}),
              (Delays{1000, 1500, 2250}));
    EXPECT_EQ(delays_of(ExponentialDelays{.first = 1s, .factor = 1.0, .limit = 3}), (Delays{1000, 1000, 1000}));
}

TEST(RetrySchedule, is_that_of_nameko_amqp_retry_unless_told) {
    const Delays delays = delays_of({});
    ASSERT_EQ(delays.size(), 20U);
    EXPECT_EQ(Delays(delays.begin(), delays.begin() + 10),
              (Delays{1000, 2000, 3000, 5000, 8000, 13000, 21000, 34000, 55000, 55000}));
    EXPECT_EQ(delays.back(), 55000);
}

TEST(RetrySchedule, makes_delays_longer_and_shorter_by_jitter) {
    const RetrySchedule schedule = RetrySchedule({10s, 1ms}).jitter(0.2);
    EXPECT_EQ(schedule.delay_after(1, 0.0), 8s);
    EXPECT_EQ(schedule.delay_after(1, 0.5), 10s);
    EXPECT_EQ(schedule.delay_after(1, 1.0), 12s);
    EXPECT_EQ(RetrySchedule({1ms}).jitter(1.0).delay_after(1, 0.0), 1ms) << "there is no shorter one";
    EXPECT_EQ(RetrySchedule({24h * 20}).jitter(1.0).delay_after(1, 1.0), 24h * 20) << "nor a longer one";
}

TEST(RetrySchedule, refuses_what_cannot_be) {
    EXPECT_THROW(RetrySchedule().jitter(1.1), ConfigurationError);
    EXPECT_THROW(RetrySchedule().jitter(-0.1), ConfigurationError);
    EXPECT_THROW(RetrySchedule({0ms}), ConfigurationError);
    EXPECT_THROW(RetrySchedule({24h * 21}), ConfigurationError);
    EXPECT_THROW(RetrySchedule(ExponentialDelays{.first = 2s, .cap = 1s}), ConfigurationError);
    EXPECT_THROW(RetrySchedule(ExponentialDelays{.factor = 0.5}), ConfigurationError);
}

}  // namespace
}  // namespace hiratake
