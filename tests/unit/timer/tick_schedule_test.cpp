#include "timer/tick_schedule.hpp"

#include <gtest/gtest.h>

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint start{1h};

TEST(TickSchedule, begins_one_interval_after_the_start) {
    TickSchedule schedule{500ms, {}};
    EXPECT_TRUE(schedule.next().is_never()) << "not started";
    schedule.start(start);
    EXPECT_EQ(schedule.next().at(), start + 500ms);
}

TEST(TickSchedule, begins_at_once_when_it_is_eager) {
    TickSchedule schedule{500ms, {.eager = true}};
    schedule.start(start);
    EXPECT_EQ(schedule.next().at(), start);
}

TEST(TickSchedule, does_not_overlap) {
    TickSchedule schedule{500ms, {}};
    schedule.start(start);
    schedule.begin();
    EXPECT_TRUE(schedule.next().is_never());
}

TEST(TickSchedule, does_not_drift) {
    TickSchedule schedule{500ms, {}};
    schedule.start(start);
    for (int tick = 1; tick <= 3; ++tick) {
        schedule.begin();
        EXPECT_EQ(schedule.end(start + tick * 500ms + 499ms), 0);
        EXPECT_EQ(schedule.next().at(), start + (tick + 1) * 500ms);
    }
}

TEST(TickSchedule, skips_what_came_due_meanwhile) {
    TickSchedule schedule{500ms, {}};
    schedule.start(start);
    schedule.begin();
    EXPECT_EQ(schedule.end(start + 2600ms), 4) << "those of 1.0, 1.5, 2.0 and 2.5 s";
    EXPECT_EQ(schedule.next().at(), start + 3s);
    schedule.begin();
    EXPECT_EQ(schedule.end(start + 3500ms), 1) << "one that is due this very moment counts";
    EXPECT_EQ(schedule.next().at(), start + 4s);
}

// As Nameko was seen to do: ticks at 0.0, 0.5, then 2.5 four times, 3.0.
TEST(TickSchedule, catches_up_when_it_is_told_to) {
    TickSchedule schedule{500ms, {.eager = true, .missed_ticks = MissedTicks::catch_up}};
    schedule.start(start);
    schedule.begin();
    EXPECT_EQ(schedule.end(start), 0);
    EXPECT_EQ(schedule.next().at(), start + 500ms);
    schedule.begin();
    EXPECT_EQ(schedule.end(start + 2500ms), 0);
    for (const auto due : {1000ms, 1500ms, 2000ms, 2500ms, 3000ms}) {
        EXPECT_EQ(schedule.next().at(), start + due);
        schedule.begin();
        schedule.end(start + 2500ms);
    }
}

TEST(TickSchedule, with_an_interval_beyond_the_clock_never_comes) {
    TickSchedule schedule{Duration::max(), {}};
    schedule.start(start);
    EXPECT_TRUE(schedule.next().is_never());
}

}  // namespace
}  // namespace hiratake::timer
