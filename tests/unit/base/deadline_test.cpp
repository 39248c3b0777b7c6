#include "hiratake/base/deadline.hpp"
#include "hiratake/base/manual_clock.hpp"

#include <gtest/gtest.h>

namespace hiratake {
namespace {

using namespace std::chrono_literals;

TEST(Deadline, passes_at_its_moment_and_never_has_less_than_nothing_left) {
    ManualClock clock;
    const Deadline deadline = Deadline::after(clock.now(), 5s);
    EXPECT_FALSE(deadline.passed(clock.now()));
    EXPECT_EQ(deadline.left(clock.now()), 5s);
    clock.advance(5s);
    EXPECT_TRUE(deadline.passed(clock.now()));
    clock.advance(1s);
    EXPECT_EQ(deadline.left(clock.now()), 0s);
}

TEST(Deadline, made_by_default_never_passes) {
    EXPECT_TRUE(Deadline{}.is_never());
    EXPECT_FALSE(Deadline{}.passed(TimePoint::max()));
}

TEST(Deadline, of_an_overflowing_timeout_never_passes) {
    ManualClock clock;
    EXPECT_TRUE(Deadline::after(clock.now(), Duration::max()).is_never());
}

TEST(Deadline, earlier_picks_the_first_to_pass) {
    ManualClock clock;
    const Deadline soon = Deadline::after(clock.now(), 1s);
    const Deadline late = Deadline::after(clock.now(), 2s);
    EXPECT_EQ(soon.earlier(late), soon);
    EXPECT_EQ(late.earlier(soon), soon);
    EXPECT_EQ(soon.earlier(Deadline::never()), soon);
}

}  // namespace
}  // namespace hiratake
