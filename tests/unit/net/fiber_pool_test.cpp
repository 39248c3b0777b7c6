#include "net/fiber_pool.hpp"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/manual_clock.hpp"
#include "loop_fixture.hpp"
#include "net/fiber.hpp"
#include "net/parker.hpp"

namespace hiratake::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

const Deadline passed{TimePoint{}};
// No task of these tests is a stall, however slow the machine is.
constexpr Duration never_a_stall = std::chrono::hours{1};

/// The loop is run by hand on the test's thread: what the fibers do happens inside run_until() and poll().
class FiberPoolTest : public LoopTest {
  protected:
    static FiberPoolOptions options(std::size_t max_workers, std::size_t max_queued = 1024) {
        FiberPoolOptions options;
        options.name = "test";
        options.max_workers = max_workers;
        options.max_queued = max_queued;
        options.stall_warning_after = never_a_stall;
        return options;
    }
};

TEST_F(FiberPoolTest, runs_tasks_in_their_order_on_the_thread_of_the_loop_but_never_inside_submit) {
    FiberPool pool(options(2), loop_);
    std::string order;
    EXPECT_EQ(pool.submit([&] { order += loop_.is_loop_thread() && Fiber::current() ? "a" : "-"; }),
              SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { order += "b"; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { order += "c"; }), SubmitResult::accepted);
    EXPECT_EQ(order, "");
    EXPECT_EQ(pool.active(), 3u);
    EXPECT_TRUE(run_until([&] { return order == "abc"; }));
    EXPECT_EQ(Fiber::current(), nullptr);
    EXPECT_TRUE(run_until([&] { return pool.active() == 0; }));
}

TEST_F(FiberPoolTest, goes_on_with_others_while_a_task_waits) {
    FiberPool pool(options(3), loop_);
    Parker first;
    Parker second;
    std::string order;
    ASSERT_EQ(pool.submit([&] {
        order += "1";
        first.park();
        order += "4";
        second.unpark();
    }),
              SubmitResult::accepted);
    ASSERT_EQ(pool.submit([&] {
        order += "2";
        second.park();
        order += "5";
    }),
              SubmitResult::accepted);
    ASSERT_EQ(pool.submit([&] {
        order += "3";
        first.unpark();
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return order.size() == 5; }));
    EXPECT_EQ(order, "12345");
}

TEST_F(FiberPoolTest, gives_hundreds_of_fibers_back_at_its_end) {
    constexpr int many = 300;
    int ended = 0;
    {
        FiberPool pool(options(many), loop_);
        std::vector<Parker> parkers(many);
        int waiting = 0;
        for (Parker& parker : parkers) {
            ASSERT_EQ(pool.submit([&] {
                ++waiting;
                parker.park();
                ++ended;
            }),
                      SubmitResult::accepted);
        }
        ASSERT_TRUE(run_until([&] { return waiting == many; }));
        for (Parker& parker : parkers) parker.unpark();
        ASSERT_TRUE(run_until([&] { return pool.active() == 0; }));
    }
    EXPECT_EQ(ended, many);
}

TEST_F(FiberPoolTest, is_woken_from_another_thread) {
    FiberPool pool(options(1), loop_);
    Parker parker;
    bool is_done = false;
    ASSERT_EQ(pool.submit([&] {
        std::thread waker([&] { parker.unpark(); });
        is_done = parker.park();
        waker.join();
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return is_done; }));
}

TEST_F(FiberPoolTest, ends_a_wait_at_its_deadline_and_leaves_later_waits_alone) {
    FiberPool pool(options(2), loop_);
    Parker early;
    Parker late;
    std::string order;
    ASSERT_EQ(pool.submit([&] {
        order += early.park(Deadline::after(clock_.now(), milliseconds{1})) ? "woken " : "passed ";
        // A wake-up for the wait that is over does not end this one.
        early.unpark();
        order += late.park() ? "woken" : "passed";
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return order == "passed "; }));
    ASSERT_EQ(pool.submit([&] { order += "between "; }), SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return order == "passed between "; }));
    late.unpark();
    EXPECT_TRUE(run_until([&] { return pool.active() == 0; }));
    EXPECT_EQ(order, "passed between woken");
}

TEST_F(FiberPoolTest, ends_a_wait_when_a_clock_that_stands_still_is_moved_to_the_deadline) {
    ManualClock clock;
    FiberPool pool(options(1), loop_);
    Parker parker;
    std::string outcome;
    ASSERT_EQ(pool.submit([&] {
        outcome = "waits";
        outcome = parker.park(Deadline{clock.now() + minutes{5}}, clock) ? "woken" : "passed";
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return outcome == "waits"; }));
    clock.advance(minutes{4});
    loop_.poll();
    EXPECT_EQ(outcome, "waits");
    clock.advance(minutes{1});
    EXPECT_TRUE(run_until([&] { return outcome == "passed"; }));
}

TEST_F(FiberPoolTest, keeps_the_exceptions_of_each_task_apart) {
    FiberPool pool(options(2), loop_);
    Parker first;
    Parker second;
    int parked = 0;
    std::vector<std::string> caught;
    const auto handle = [&](const char* name, Parker& parker) {
        try {
            try {
                throw std::runtime_error(name);
            } catch (const std::runtime_error&) {
                ++parked;
                parker.park();
                throw;
            }
        } catch (const std::runtime_error& error) {
            caught.emplace_back(error.what());
        }
    };
    ASSERT_EQ(pool.submit([&] { handle("one", first); }), SubmitResult::accepted);
    ASSERT_EQ(pool.submit([&] { handle("two", second); }), SubmitResult::accepted);
    // Both are in their handlers; the runtime of C++ expects the one that came last to leave first.
    EXPECT_TRUE(run_until([&] { return parked == 2; }));
    first.unpark();
    EXPECT_TRUE(run_until([&] { return caught.size() == 1; }));
    second.unpark();
    EXPECT_TRUE(run_until([&] { return caught.size() == 2; }));
    EXPECT_EQ(caught, (std::vector<std::string>{"one", "two"}));
}

TEST_F(FiberPoolTest, runs_no_more_at_a_time_than_it_may_and_refuses_beyond_its_queue) {
    FiberPool pool(options(1, 1), loop_);
    Parker parker;
    int done = 0;
    ASSERT_EQ(pool.submit([&] {
        parker.park();
        ++done;
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return pool.running() == 1; }));
    EXPECT_EQ(pool.submit([&] { ++done; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { ++done; }), SubmitResult::queue_full);
    loop_.poll();
    EXPECT_EQ(done, 0);
    EXPECT_EQ(pool.queued(), 1u);
    parker.unpark();
    EXPECT_TRUE(run_until([&] { return done == 2; }));
}

TEST_F(FiberPoolTest, wakes_every_task_although_others_end_and_their_fibers_go) {
    constexpr std::size_t count = 1000;
    FiberPool pool(options(count), loop_);
    std::vector<Parker> parkers(count);
    std::size_t done = 0;
    for (Parker& parker : parkers) {
        ASSERT_EQ(pool.submit([&] {
            parker.park();
            ++done;
        }),
                  SubmitResult::accepted);
    }
    EXPECT_TRUE(run_until([&] { return pool.running() == count && pool.queued() == 0; }));
    for (std::size_t woken = 0; woken < count; woken += 100) {
        for (std::size_t i = woken; i < woken + 100; ++i) parkers[i].unpark();
        EXPECT_TRUE(run_until([&] { return pool.running() == count - woken - 100; }));
    }
    EXPECT_EQ(done, count);
}

TEST_F(FiberPoolTest, outlives_a_task_that_throws) {
    FiberPool pool(options(1), loop_);
    bool reached = false;
    EXPECT_EQ(pool.submit([] { throw std::runtime_error("the reason"); }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([] { throw 1; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { reached = true; }), SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return reached; }));
    EXPECT_TRUE(log_.contains("escaped a task of test: the reason"));
    EXPECT_TRUE(log_.contains("no std::exception"));
}

TEST_F(FiberPoolTest, runs_what_blocks_on_a_thread_while_others_go_on) {
    FiberPool pool(options(2), loop_);
    std::atomic<bool> goes_on = false;
    std::string caught;
    ASSERT_EQ(pool.submit([&] {
        try {
            Fiber::current()->scheduler().run_blocking([&] {
                EXPECT_EQ(Fiber::current(), nullptr);
                EXPECT_FALSE(loop_.is_loop_thread());
                goes_on.wait(false);
                throw std::runtime_error("from the thread");
            });
        } catch (const std::runtime_error& error) {
            caught = error.what();
        }
    }),
              SubmitResult::accepted);
    ASSERT_EQ(pool.submit([&] {
        goes_on = true;
        goes_on.notify_one();
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return !caught.empty(); }));
    EXPECT_EQ(caught, "from the thread");
}

TEST_F(FiberPoolTest, gives_up_a_task_for_which_there_is_no_stack_and_goes_on) {
    FiberPoolOptions too_large = options(1);
    too_large.stack_bytes = std::size_t{1} << 60;
    FiberPool pool(too_large, loop_);
    auto token = std::make_shared<int>(1);
    const std::weak_ptr<int> is_there = token;
    ASSERT_EQ(pool.submit([token = std::move(token)] { FAIL() << "on what stack?"; }), SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return pool.active() == 0; }));
    EXPECT_TRUE(is_there.expired());
    EXPECT_TRUE(log_.contains("a task is given up"));
}

TEST_F(FiberPoolTest, names_a_task_that_keeps_the_thread) {
    FiberPoolOptions impatient = options(1);
    impatient.stall_warning_after = milliseconds{1};
    FiberPool pool(impatient, loop_);
    bool is_done = false;
    ASSERT_EQ(pool.submit([&] {
        Fiber::current()->scheduler().name_task(*Fiber::current(), "shop.order.7");
        while (!log_.contains("shop.order.7 keeps the I/O thread")) std::this_thread::yield();
        is_done = true;
    }),
              SubmitResult::accepted);
    EXPECT_TRUE(run_until([&] { return is_done; }));
}

TEST_F(FiberPoolTest, drains_while_the_loop_runs) {
    loop_.start();
    FiberPool pool(options(1), loop_);
    Parker parker;
    bool is_done = false;
    EXPECT_EQ(pool.submit([&] {
        parker.park();
        is_done = true;
    }),
              SubmitResult::accepted);
    EXPECT_FALSE(pool.drain(passed));
    EXPECT_EQ(pool.submit([] {}), SubmitResult::stopping);
    parker.unpark();
    EXPECT_TRUE(pool.drain(Deadline::never()));
    EXPECT_TRUE(is_done);
}

TEST_F(FiberPoolTest, waits_for_what_runs_when_it_is_destroyed_and_says_what_it_gives_up) {
    loop_.start();
    Parker parker;
    Parker running;
    bool is_done = false;
    bool ran = false;
    // Its destruction is the sign that the pool is ending.
    auto abandoned = std::shared_ptr<void>(nullptr, [&](void*) { parker.unpark(); });
    {
        FiberPool pool(options(1), loop_);
        EXPECT_EQ(pool.submit([&] {
            running.unpark();
            parker.park();
            is_done = true;
        }),
                  SubmitResult::accepted);
        running.park();
        EXPECT_EQ(pool.submit([&ran, token = std::move(abandoned)] { ran = true; }), SubmitResult::accepted);
    }
    EXPECT_TRUE(is_done);
    EXPECT_FALSE(ran);
    EXPECT_TRUE(log_.contains("test: 1 queued tasks were given up"));
}

}  // namespace
}  // namespace hiratake::net
