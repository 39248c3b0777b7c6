#include "net/timer.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "hiratake/base/manual_clock.hpp"
#include "loop_fixture.hpp"

namespace hiratake::net {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class TimerTest : public testing::Test {
  protected:
    void advance(Duration by) {
        clock_.advance(by);
        loop_.poll();
    }

    RecordedLog log_;
    ManualClock clock_;
    EventLoop loop_{log_.log(), clock_};
};

TEST_F(TimerTest, fires_once_at_its_moment_of_virtual_time) {
    int fired = 0;
    Timer timer(loop_);
    timer.start_after(minutes{5}, [&] { ++fired; });
    advance(minutes{5} - Duration{1});
    EXPECT_EQ(fired, 0);
    EXPECT_TRUE(timer.is_armed());
    advance(Duration{1});
    EXPECT_EQ(fired, 1);
    EXPECT_FALSE(timer.is_armed());
    advance(minutes{5});
    EXPECT_EQ(fired, 1);
}

TEST_F(TimerTest, fires_in_the_order_of_time_then_of_arming) {
    std::string order;
    Timer a(loop_);
    Timer b(loop_);
    Timer c(loop_);
    a.start_after(seconds{2}, [&] { order += 'a'; });
    b.start_after(seconds{1}, [&] { order += 'b'; });
    c.start_after(seconds{1}, [&] { order += 'c'; });
    advance(seconds{3});
    EXPECT_EQ(order, "bca");
}

TEST_F(TimerTest, does_not_fire_after_cancel_or_destruction) {
    int fired = 0;
    Timer cancelled(loop_);
    cancelled.start_after(seconds{1}, [&] { ++fired; });
    auto destroyed = std::make_unique<Timer>(loop_);
    destroyed->start_after(seconds{1}, [&] { ++fired; });
    cancelled.cancel();
    destroyed.reset();
    advance(seconds{2});
    EXPECT_EQ(fired, 0);
}

TEST_F(TimerTest, is_replaced_by_arming_anew) {
    std::string order;
    Timer timer(loop_);
    timer.start_after(seconds{1}, [&] { order += "first"; });
    timer.start_after(seconds{2}, [&] { order += "second"; });
    advance(seconds{1});
    EXPECT_EQ(order, "");
    advance(seconds{1});
    EXPECT_EQ(order, "second");
}

TEST_F(TimerTest, never_does_not_arm) {
    Timer timer(loop_);
    timer.start(Deadline::never(), [] { FAIL(); });
    EXPECT_FALSE(timer.is_armed());
}

TEST_F(TimerTest, may_arm_itself_again_from_its_handler) {
    int fired = 0;
    Timer timer(loop_);
    std::function<void()> again = [&] {
        if (++fired < 3) timer.start_after(Duration::zero(), again);
    };
    timer.start_after(Duration::zero(), again);
    EXPECT_TRUE(loop_.run_until([&] { return fired == 3; }, seconds{20}));
}

TEST_F(TimerTest, may_be_destroyed_by_its_own_handler) {
    auto timer = std::make_unique<Timer>(loop_);
    int fired = 0;
    timer->start_after(seconds{1}, [&] {
        timer.reset();
        ++fired;
    });
    advance(seconds{1});
    EXPECT_EQ(fired, 1);
}

TEST_F(TimerTest, fires_although_another_timers_handler_has_thrown) {
    bool fired = false;
    Timer bad(loop_);
    Timer good(loop_);
    bad.start_after(seconds{1}, [] { throw std::runtime_error("bad"); });
    good.start_after(seconds{1}, [&] { fired = true; });
    advance(seconds{1});
    EXPECT_TRUE(fired);
    EXPECT_TRUE(log_.contains("bad"));
}

TEST(TimerQueue, leaves_what_was_added_later_for_the_next_turn) {
    TimerQueue queue;
    const TimePoint now{seconds{10}};
    std::string order;
    queue.add(now, [&] { order += 'a'; });
    const auto last_id = queue.last_id();
    queue.add(now, [&] { order += 'b'; });
    queue.take_due(now, last_id)();
    EXPECT_FALSE(queue.take_due(now, last_id));
    EXPECT_EQ(queue.next(), now);
    queue.take_due(now, queue.last_id())();
    EXPECT_EQ(order, "ab");
    EXPECT_FALSE(queue.next());
}

TEST_F(LoopTest, a_timer_on_the_machines_clock_wakes_the_loop) {
    bool early = false;
    bool late = false;
    Timer first(loop_);
    Timer second(loop_);
    first.start_after(std::chrono::milliseconds{1}, [&] { early = !late; });
    second.start_after(std::chrono::milliseconds{2}, [&] { late = true; });
    EXPECT_TRUE(run_until([&] { return late; }));
    EXPECT_TRUE(early);
}

}  // namespace
}  // namespace hiratake::net
