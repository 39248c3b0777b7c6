#include "net/parker.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "hiratake/base/manual_clock.hpp"

namespace hiratake::net {
namespace {

TEST(Parker, returns_at_once_when_it_was_unparked_before) {
    Parker parker;
    parker.unpark();
    EXPECT_TRUE(parker.park());
}

TEST(Parker, keeps_one_wake_up_and_no_more) {
    Parker parker;
    parker.unpark();
    parker.unpark();
    EXPECT_TRUE(parker.park());
    EXPECT_FALSE(parker.park(Deadline{TimePoint{}}));
}

TEST(Parker, is_woken_by_another_thread) {
    Parker parker;
    std::thread waker([&] { parker.unpark(); });
    EXPECT_TRUE(parker.park());
    waker.join();
}

TEST(Parker, gives_up_at_the_deadline) {
    Parker parker;
    EXPECT_FALSE(parker.park(Deadline::after(SystemClock{}.now(), std::chrono::milliseconds{1})));
}

TEST(Parker, gives_up_when_a_clock_that_stands_still_is_moved_to_the_deadline) {
    ManualClock clock;
    Parker parker;
    std::thread mover([&] {
        clock.advance(std::chrono::minutes{4});
        clock.advance(std::chrono::minutes{1});
    });
    EXPECT_FALSE(parker.park(Deadline{ManualClock{}.now() + std::chrono::minutes{5}}, clock));
    mover.join();
    EXPECT_EQ(clock.now(), ManualClock{}.now() + std::chrono::minutes{5});
}

TEST(Parker, is_woken_before_the_deadline_of_a_clock_that_stands_still) {
    ManualClock clock;
    Parker parker;
    std::thread waker([&] { parker.unpark(); });
    EXPECT_TRUE(parker.park(Deadline{clock.now() + std::chrono::minutes{5}}, clock));
    waker.join();
}

}  // namespace
}  // namespace hiratake::net
