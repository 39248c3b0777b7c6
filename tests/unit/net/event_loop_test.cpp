#include "net/event_loop.hpp"

#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/manual_clock.hpp"
#include "loop_fixture.hpp"
#include "net/parker.hpp"
#include "net/timer.hpp"

namespace hiratake::net {
namespace {

using EventLoopTest = LoopTest;

TEST_F(EventLoopTest, runs_the_timers_of_a_clock_that_stands_still_when_it_is_moved) {
    ManualClock clock;
    EventLoop loop(log_.log(), clock);
    Timer timer(loop);
    Parker is_armed;
    Parker has_run;
    loop.start();
    loop.post([&] {
        timer.start_after(std::chrono::hours{1}, [&] { has_run.unpark(); });
        is_armed.unpark();
    });
    is_armed.park();
    clock.advance(std::chrono::hours{1});
    EXPECT_TRUE(has_run.park(Deadline::after(SystemClock{}.now(), std::chrono::seconds{20})));
    loop.stop();
    loop.join();
}

TEST_F(EventLoopTest, runs_posted_tasks_in_order_and_never_inside_post) {
    std::string order;
    loop_.post([&] {
        order += 'a';
        loop_.post([&] { order += 'c'; });
        order += 'b';
    });
    EXPECT_EQ(order, "");
    loop_.poll();
    EXPECT_EQ(order, "abc");
}

TEST_F(EventLoopTest, counts_the_handlers_that_a_poll_has_run) {
    EXPECT_EQ(loop_.poll(), 0u);
    loop_.post([] {});
    loop_.post([] {});
    EXPECT_EQ(loop_.poll(), 2u);
}

TEST_F(EventLoopTest, runs_in_the_next_turn_what_a_task_posts) {
    std::string order;
    loop_.post([&] {
        order += '1';
        loop_.post([&] { order += '3'; });
    });
    loop_.post([&] { order += '2'; });
    loop_.poll();
    EXPECT_EQ(order, "123");
}

TEST_F(EventLoopTest, keeps_no_timer_waiting_for_tasks_that_post_tasks) {
    bool is_over = false;
    Timer timer(loop_);
    timer.start_after(std::chrono::milliseconds{1}, [&] { is_over = true; });
    std::function<void()> task = [&] {
        if (!is_over) loop_.post([&] { task(); });
    };
    task();
    EXPECT_TRUE(run_until([&] { return is_over; }));
}

TEST_F(EventLoopTest, knows_its_thread) {
    bool inside = false;
    loop_.post([&] { inside = loop_.is_loop_thread(); });
    EXPECT_FALSE(loop_.is_loop_thread());
    loop_.poll();
    EXPECT_TRUE(inside);
}

TEST_F(EventLoopTest, logs_an_escaped_exception_and_carries_on) {
    bool reached = false;
    loop_.post([] { throw std::runtime_error("the reason"); });
    loop_.post([] { throw 1; });
    loop_.post([&] { reached = true; });
    loop_.poll();
    EXPECT_TRUE(reached);
    EXPECT_TRUE(log_.contains("escaped a handler of the event loop: the reason"));
    EXPECT_TRUE(log_.contains("no std::exception"));
}

TEST(EventLoopDeathTest, ends_the_process_when_told_to) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    const auto die = [] {
        RecordedLog log;
        SystemClock clock;
        EventLoop loop(log.log(), clock, EscapedException::terminate_process);
        loop.post([] { throw std::runtime_error("the reason"); });
        loop.poll();
    };
    EXPECT_DEATH(die(), "");
}

TEST_F(EventLoopTest, runs_on_its_own_thread_when_started) {
    Parker parker;
    std::thread::id ran_on;
    loop_.start();
    loop_.post([&] {
        ran_on = std::this_thread::get_id();
        parker.unpark();
    });
    parker.park();
    EXPECT_NE(ran_on, std::this_thread::get_id());
    EXPECT_FALSE(loop_.is_loop_thread());
    loop_.stop();
    loop_.join();
}

TEST_F(EventLoopTest, destroys_what_has_not_run) {
    // Shared between this test and the task.
    auto token = std::make_shared<int>(0);
    {
        EventLoop loop(log_.log(), clock_);
        auto timer = std::make_unique<Timer>(loop);
        timer->start_after(std::chrono::hours{1}, [token] {});
        // A timer that goes down with the loop that it belongs to.
        loop.post([token, timer = std::move(timer)] {});
    }
    EXPECT_EQ(token.use_count(), 1);
}

TEST_F(EventLoopTest, runs_what_is_started_after_the_clock_was_moved_past_an_alarm) {
    ManualClock clock;
    EventLoop loop(log_.log(), clock);
    Timer timer(loop);
    timer.start_after(std::chrono::hours{1}, [] {});
    clock.advance(std::chrono::hours{1});
    bool has_run = false;
    loop.post([&] {
        // In the next turn, after the look at what is due.
        loop.post([&] { timer.start_after(Duration::zero(), [&] { has_run = true; }); });
    });
    EXPECT_TRUE(loop.run_until([&] { return has_run; }, std::chrono::seconds{20}));
}

TEST_F(EventLoopTest, gives_up_waiting_for_a_condition_at_its_limit) {
    EXPECT_FALSE(loop_.run_until([] { return false; }, std::chrono::milliseconds{1}));
    EXPECT_TRUE(loop_.run_until([] { return true; }, Duration::zero()));
}

}  // namespace
}  // namespace hiratake::net
