#include "timer/tick_schedule.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/random.hpp"
#include "timer/interval_recurrence.hpp"

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;

constexpr WallTime start{1h};

class TickScheduleTest : public testing::Test {
  protected:
    TickSchedule every(Duration interval, const TickOptions& options = {}) {
        return {std::make_shared<IntervalRecurrence>(interval), options, random_};
    }
    TickSchedule started(Duration interval, const TickOptions& options = {}) {
        TickSchedule schedule = every(interval, options);
        schedule.start(start, start);
        return schedule;
    }
    // The one that is due runs until then.
    static long run_until(TickSchedule& schedule, WallTime end) {
        schedule.begin();
        return schedule.end(end);
    }

    Random random_{1};
};

TEST_F(TickScheduleTest, begins_one_interval_after_the_start) {
    TickSchedule schedule = every(500ms);
    EXPECT_EQ(schedule.next(), never) << "not started";
    schedule.start(start, start);
    EXPECT_EQ(schedule.next(), start + 500ms);
    EXPECT_EQ(schedule.begin(), start + 500ms);
}

TEST_F(TickScheduleTest, begins_at_once_when_it_is_eager) {
    EXPECT_EQ(started(500ms, {.eager = true}).next(), start);
}

TEST_F(TickScheduleTest, begins_with_the_interval_under_way_when_it_is_eager_and_has_an_anchor) {
    TickSchedule schedule = every(500ms, {.eager = true});
    schedule.start(start + 1200ms, start);
    EXPECT_EQ(schedule.next(), start + 1000ms);
    EXPECT_EQ(schedule.begin(), start + 1000ms);
    EXPECT_EQ(schedule.end(start + 1200ms), 0);
    EXPECT_EQ(schedule.next(), start + 1500ms);
}

TEST_F(TickScheduleTest, counts_intervals_from_its_anchor) {
    TickSchedule schedule = every(500ms);
    schedule.start(start + 1200ms, start);
    EXPECT_EQ(schedule.next(), start + 1500ms);
}

TEST_F(TickScheduleTest, does_not_overlap) {
    TickSchedule schedule = started(500ms);
    schedule.begin();
    EXPECT_EQ(schedule.next(), never);
}

TEST_F(TickScheduleTest, does_not_drift) {
    TickSchedule schedule = started(500ms);
    for (int tick = 1; tick <= 3; ++tick) {
        EXPECT_EQ(run_until(schedule, start + tick * 500ms + 499ms), 0);
        EXPECT_EQ(schedule.next(), start + (tick + 1) * 500ms);
    }
}

TEST_F(TickScheduleTest, skips_what_came_due_meanwhile) {
    TickSchedule schedule = started(500ms);
    EXPECT_EQ(run_until(schedule, start + 2600ms), 4) << "those of 1.0, 1.5, 2.0 and 2.5 s";
    EXPECT_EQ(schedule.next(), start + 3s);
    EXPECT_EQ(run_until(schedule, start + 3500ms), 1) << "one that is due this very moment counts";
    EXPECT_EQ(schedule.next(), start + 4s);
}

TEST_F(TickScheduleTest, runs_once_in_place_of_what_came_due_meanwhile) {
    TickSchedule schedule = started(500ms, {.missed_ticks = MissedTicks::run_once});
    EXPECT_EQ(run_until(schedule, start + 2600ms), 3);
    EXPECT_EQ(schedule.next(), start + 2500ms);
    EXPECT_EQ(run_until(schedule, start + 2700ms), 0);
    EXPECT_EQ(schedule.next(), start + 3s);
}

// As Nameko was seen to do: ticks at 0.0, 0.5, then 2.5 four times, 3.0.
TEST_F(TickScheduleTest, catches_up_when_it_is_told_to) {
    TickSchedule schedule = started(500ms, {.eager = true, .missed_ticks = MissedTicks::catch_up});
    EXPECT_EQ(run_until(schedule, start), 0);
    EXPECT_EQ(schedule.next(), start + 500ms);
    EXPECT_EQ(run_until(schedule, start + 2500ms), 0);
    for (const auto due : {1000ms, 1500ms, 2000ms, 2500ms, 3000ms}) {
        EXPECT_EQ(schedule.next(), start + due);
        EXPECT_EQ(run_until(schedule, start + 2500ms), 0);
    }
}

TEST_F(TickScheduleTest, catches_up_with_so_many_at_most) {
    TickSchedule schedule = started(1s, {.missed_ticks = MissedTicks::catch_up, .max_caught_up = 2});
    const WallTime end = start + 10'500ms;
    EXPECT_EQ(run_until(schedule, end), 0);
    EXPECT_EQ(schedule.next(), start + 2s);
    EXPECT_EQ(run_until(schedule, end), 0);
    EXPECT_EQ(schedule.next(), start + 3s);
    EXPECT_EQ(run_until(schedule, end), 7) << "those from 4 to 10 s";
    EXPECT_EQ(schedule.next(), start + 11s);
    EXPECT_EQ(run_until(schedule, start + 13s), 0) << "the count begins anew";
    EXPECT_EQ(schedule.next(), start + 12s);
}

TEST_F(TickScheduleTest, counts_no_more_than_it_can_in_short_time) {
    for (const auto policy : {MissedTicks::skip, MissedTicks::run_once}) {
        TickSchedule schedule = started(1us, {.missed_ticks = policy});
        const WallTime end = start + 24h;
        EXPECT_GE(run_until(schedule, end), 99'999);
        EXPECT_EQ(schedule.next(), policy == MissedTicks::skip ? end + 1us : end);
    }
}

TEST_F(TickScheduleTest, delays_each_tick_by_a_random_time_below_the_jitter_without_drift) {
    TickSchedule schedule = started(10s, {.jitter = 2s});
    WallTime last_delay{};
    for (int tick = 1; tick <= 100; ++tick) {
        const WallTime due = start + tick * 10s;
        EXPECT_GE(schedule.next(), due);
        EXPECT_LE(schedule.next(), due + 2s);
        EXPECT_NE(WallTime{schedule.next() - due}, last_delay);
        last_delay = WallTime{schedule.next() - due};
        EXPECT_EQ(schedule.begin(), due);
        EXPECT_EQ(schedule.end(due + 2s), 0);
    }
}

TEST_F(TickScheduleTest, has_the_same_jitter_for_the_same_seed) {
    Random same_seed{1};
    TickSchedule other{std::make_shared<IntervalRecurrence>(10s), {.jitter = 2s}, same_seed};
    other.start(start, start);
    EXPECT_EQ(started(10s, {.jitter = 2s}).next(), other.next());
}

TEST_F(TickScheduleTest, goes_on_from_a_clock_that_was_corrected) {
    TickSchedule schedule = started(1h);
    schedule.clock_was_corrected(start + 300min);
    EXPECT_EQ(schedule.next(), start + 6h);
    schedule.clock_was_corrected(start + 30min);
    EXPECT_EQ(schedule.next(), start + 1h);
}

TEST_F(TickScheduleTest, with_an_interval_beyond_the_clock_never_comes) {
    EXPECT_EQ(started(Duration::max()).next(), never);
}

}  // namespace
}  // namespace hiratake::timer
