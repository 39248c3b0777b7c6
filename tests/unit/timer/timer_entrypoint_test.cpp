#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <thread>

#include "hiratake/base/error.hpp"
#include "hiratake/service/service_builder.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/timer/timer_methods.hpp"
#include "support/test_environment.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

std::atomic<int> ticks;

struct Reporter {
    static constexpr auto name = "reporter";
    void report() { ++ticks; }
    void fail() {
        ++ticks;
        throw std::runtime_error("no paper");
    }
};

class TestService : public ServiceBuilder<Reporter>, public TimerMethods<TestService, Reporter> {};

class TimerEntrypointTest : public testing::Test {
  protected:
    template <auto method>
    void run_every(Duration interval, TimerOptions options = {}) {
        TestService service;
        service.every<method>(interval, options);
        run(std::move(service));
    }
    void run(TestService service) {
        ticks = 0;
        container_.emplace(std::move(service).finish(), environment_.environment);
        container_->setup();
        container_->start();
        environment_.event_loop.poll();
    }
    void TearDown() override { stop(); }

    void stop() {
        if (!container_) return;
        bool stopped = false;
        std::thread stopper([&] {
            container_->stop(Deadline::never());
            environment_.event_loop.post([&stopped] { stopped = true; });
        });
        EXPECT_TRUE(environment_.event_loop.run_until([&] { return stopped; }, 20s));
        stopper.join();
        container_.reset();
    }
    bool ticks_become(int count) {
        return environment_.event_loop.run_until([count] { return ticks == count; }, 20s);
    }

    test::TestEnvironment environment_;
    std::optional<ServiceContainer> container_;
};

TEST_F(TimerEntrypointTest, calls_the_method_each_time_the_interval_has_passed) {
    // To catch up, because the clock may move here before the loop has heard of the end of a tick.
    run_every<&Reporter::report>(5min, {.missed_ticks = MissedTicks::catch_up});
    EXPECT_EQ(ticks, 0);
    for (int tick = 1; tick <= 3; ++tick) {
        environment_.clock.advance(5min);
        EXPECT_TRUE(ticks_become(tick));
    }
}

// The manual clock begins on 2019-12-20 at midnight.
TEST_F(TimerEntrypointTest, calls_the_method_by_the_calendar) {
    TestService service;
    service.cron<&Reporter::report>("30 9 * * *", {.time_zone = "Europe/Berlin"});
    run(std::move(service));
    // It looks once a minute, because the clock may be put.
    for (int minute = 0; minute < 8 * 60 + 29; ++minute) {
        environment_.clock.advance(1min);
        environment_.event_loop.poll();
    }
    EXPECT_EQ(ticks, 0);
    environment_.clock.advance(1min);
    EXPECT_TRUE(ticks_become(1)) << "08:30 UTC";
}

TEST_F(TimerEntrypointTest, begins_at_once_when_it_is_eager_and_outlives_an_exception) {
    run_every<&Reporter::fail>(1h, {.eager = true});
    EXPECT_TRUE(ticks_become(1));
    stop();
    EXPECT_TRUE(environment_.logged("runtime_error: no paper"));
}

TEST_F(TimerEntrypointTest, ticks_no_more_after_the_stop) {
    run_every<&Reporter::report>(1s);
    stop();
    environment_.clock.advance(1h);
    environment_.event_loop.poll();
    EXPECT_EQ(ticks, 0);
}

TEST_F(TimerEntrypointTest, refuses_an_interval_of_nothing) {
    TestService service;
    EXPECT_THROW(service.every<&Reporter::report>(0s), ConfigurationError);
}

TEST_F(TimerEntrypointTest, refuses_options_that_contradict_each_other) {
    TestService service;
    EXPECT_THROW(service.every<&Reporter::report>(1s, {.jitter = 1s}), ConfigurationError);
    EXPECT_THROW(service.every<&Reporter::report>(1s, {.jitter = -1s}), ConfigurationError);
    EXPECT_THROW(service.cron<&Reporter::report>("@daily", {.max_caught_up = 0}), ConfigurationError);
}

TEST_F(TimerEntrypointTest, refuses_a_bad_expression_with_the_method_the_place_and_the_remedy) {
    TestService service;
    const auto refusal = [&service](const char* expression, const char* zone) -> std::string {
        try {
            service.cron<&Reporter::report>(expression, {.time_zone = zone});
        } catch (const ConfigurationError& error) {
            return error.what();
        }
        return "none";
    };
    EXPECT_EQ(refusal("61 * * * *", "UTC"),
              "the timer of report: cron expression `61 * * * *`: `61` in the field for the minute: expected a number "
              "from 0 to 59");
    EXPECT_EQ(refusal("0 0 31 2 *", "UTC"),
              "the timer of report: cron expression `0 0 31 2 *`: it means no date at all");
    EXPECT_NE(
        refusal("@daily", "Mars/Base").find("the timer of report: cron expression `@daily`: there is no time zone"),
        std::string::npos);
}

}  // namespace
}  // namespace hiratake
