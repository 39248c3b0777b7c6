#include "gateway/description_schedule.hpp"

#include <gtest/gtest.h>

namespace hiratake::gateway {
namespace {

using namespace std::chrono_literals;

class DescriptionScheduleTest : public testing::Test {
  protected:
    Duration until_next() const { return schedule.next().left(now); }
    void wait_until_due() {
        now = schedule.next().at();
        ASSERT_TRUE(schedule.is_due(now));
    }

    TimePoint now{1h};
    DescriptionSchedule schedule{60s};
};

TEST_F(DescriptionScheduleTest, asks_at_once_and_then_when_the_answer_is_old) {
    EXPECT_TRUE(schedule.is_due(now));
    schedule.asked(now);
    EXPECT_FALSE(schedule.is_due(now));
    now += 2s;
    schedule.answered(now);
    EXPECT_EQ(until_next(), 60s);
}

TEST_F(DescriptionScheduleTest, gives_a_question_up_that_waits_too_long) {
    schedule.asked(now);
    EXPECT_TRUE(schedule.is_asking());
    EXPECT_EQ(until_next(), DescriptionSchedule::longest_wait_for_answer);
}

TEST_F(DescriptionScheduleTest, asks_less_and_less_often_while_there_is_no_answer) {
    for (const Duration pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        schedule.asked(now);
        schedule.failed(now);
        EXPECT_EQ(until_next(), pause);
        wait_until_due();
    }
    for (int i = 0; i < 100; ++i) schedule.failed(now);
    EXPECT_EQ(until_next(), 60s);
    schedule.answered(now);
    schedule.failed(now);
    EXPECT_EQ(until_next(), 1s) << "an answer ends the row";
}

TEST_F(DescriptionScheduleTest, asks_soon_when_the_answer_is_in_doubt_but_not_all_the_time) {
    schedule.asked(now);
    schedule.answered(now);
    schedule.doubt(now);
    EXPECT_EQ(until_next(), DescriptionSchedule::least_pause);
    now += 10s;
    schedule.doubt(now);
    EXPECT_TRUE(schedule.is_due(now));
    schedule.asked(now);
    schedule.doubt(now);
    EXPECT_FALSE(schedule.is_due(now)) << "there is a question already";
}

}  // namespace
}  // namespace hiratake::gateway
