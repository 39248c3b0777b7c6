#include "net/parker.hpp"

#include <gtest/gtest.h>

#include <thread>

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

}  // namespace
}  // namespace hiratake::net
