#include "net/thread_pool.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "hiratake/base/manual_clock.hpp"
#include "loop_fixture.hpp"

namespace hiratake::net {
namespace {

using ThreadPoolTest = LoopTest;

const Deadline passed{TimePoint{}};

TEST_F(ThreadPoolTest, starts_threads_as_they_are_needed) {
    ThreadPool pool({.name = "test", .max_workers = 3, .max_queued = 10}, loop_);
    EXPECT_EQ(pool.thread_count(), 0u);
    std::latch both_run(3);
    std::latch end(1);
    const auto task = [&] {
        both_run.arrive_and_wait();
        end.wait();
    };
    EXPECT_EQ(pool.submit(task), SubmitResult::accepted);
    EXPECT_EQ(pool.submit(task), SubmitResult::accepted);
    both_run.arrive_and_wait();
    EXPECT_EQ(pool.thread_count(), 2u);
    EXPECT_EQ(pool.running(), 2u);
    end.count_down();
    EXPECT_TRUE(pool.drain(Deadline::never()));
    EXPECT_EQ(pool.thread_count(), 2u);
}

TEST_F(ThreadPoolTest, starts_what_the_loop_submits_when_the_turn_ends_and_blocking_tasks_side_by_side) {
    ThreadPool pool({.name = "test", .max_workers = 4}, loop_);
    // All four threads are there, and asleep.
    std::latch started(4);
    for (int i = 0; i < 4; ++i) ASSERT_EQ(pool.submit([&] { started.arrive_and_wait(); }), SubmitResult::accepted);
    while (pool.running() > 0 || pool.queued() > 0) std::this_thread::yield();
    std::latch met(4);
    std::atomic<int> done = 0;
    loop_.post([&] {
        for (int i = 0; i < 4; ++i) {
            EXPECT_EQ(pool.submit([&] {
                met.arrive_and_wait();
                ++done;
                loop_.post([] {});
            }),
                      SubmitResult::accepted);
        }
    });
    EXPECT_TRUE(run_until([&] { return done == 4; }));
}

TEST_F(ThreadPoolTest,
       gives_the_second_task_a_thread_when_the_first_blocks_although_the_clock_of_the_loop_stands_still) {
    const ManualClock still;
    EventLoop loop(log_.log(), still);
    ThreadPool pool({.name = "test", .max_workers = 2}, loop);
    // Both threads are there, asleep, and have run tasks that were short.
    std::latch started(2);
    for (int i = 0; i < 2; ++i) ASSERT_EQ(pool.submit([&] { started.arrive_and_wait(); }), SubmitResult::accepted);
    for (int i = 0; i < 100; ++i) ASSERT_EQ(pool.submit([] {}), SubmitResult::accepted);
    while (pool.running() > 0 || pool.queued() > 0) std::this_thread::yield();
    std::latch second_runs(1);
    std::atomic<bool> first_is_done = false;
    loop.post([&] {
        EXPECT_EQ(pool.submit([&] {
            second_runs.wait();
            first_is_done = true;
            loop.post([] {});
        }),
                  SubmitResult::accepted);
        EXPECT_EQ(pool.submit([&] { second_runs.count_down(); }), SubmitResult::accepted);
    });
    EXPECT_TRUE(loop.run_until([&] { return first_is_done.load(); }, std::chrono::seconds{20}));
    if (!first_is_done) second_runs.count_down();
}

TEST_F(ThreadPoolTest, refuses_beyond_its_queue_and_keeps_what_it_accepted) {
    ThreadPool pool({.name = "test", .max_workers = 1, .max_queued = 2}, loop_);
    std::latch end(1);
    std::latch running(1);
    std::atomic<int> done = 0;
    EXPECT_EQ(pool.submit([&] {
        running.count_down();
        end.wait();
        ++done;
    }),
              SubmitResult::accepted);
    running.wait();
    EXPECT_EQ(pool.submit([&] { ++done; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { ++done; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { ++done; }), SubmitResult::queue_full);
    EXPECT_EQ(pool.queued(), 2u);
    end.count_down();
    EXPECT_TRUE(pool.drain(Deadline::never()));
    EXPECT_EQ(done, 3);
}

TEST_F(ThreadPoolTest, outlives_a_task_that_throws) {
    ThreadPool pool({.name = "test", .max_workers = 1}, loop_);
    std::atomic<bool> reached = false;
    EXPECT_EQ(pool.submit([] { throw std::runtime_error("the reason"); }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([] { throw 1; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { reached = true; }), SubmitResult::accepted);
    EXPECT_TRUE(pool.drain(Deadline::never()));
    EXPECT_TRUE(reached);
    EXPECT_TRUE(log_.contains("escaped a task of test: the reason"));
    EXPECT_TRUE(log_.contains("no std::exception"));
}

TEST_F(ThreadPoolTest, accepts_nothing_once_it_drains) {
    ThreadPool pool({}, loop_);
    EXPECT_TRUE(pool.drain(passed));
    EXPECT_EQ(pool.submit([] {}), SubmitResult::stopping);
}

TEST_F(ThreadPoolTest, reports_a_drain_that_takes_too_long) {
    std::latch end(1);
    ThreadPool pool({.name = "test", .max_workers = 1}, loop_);
    EXPECT_EQ(pool.submit([&] { end.wait(); }), SubmitResult::accepted);
    EXPECT_FALSE(pool.drain(passed));
    end.count_down();
    EXPECT_TRUE(pool.drain(Deadline::never()));
}

TEST_F(ThreadPoolTest, says_what_it_gives_up_when_it_is_destroyed) {
    std::latch end(1);
    std::latch running(1);
    bool ran = false;
    // Shared between this test and the abandoned task, whose destruction is the sign that the pool is ending.
    auto abandoned = std::shared_ptr<void>(nullptr, [&](void*) { end.count_down(); });
    {
        ThreadPool pool({.name = "test", .max_workers = 1}, loop_);
        EXPECT_EQ(pool.submit([&] {
            running.count_down();
            end.wait();
        }),
                  SubmitResult::accepted);
        running.wait();
        EXPECT_EQ(pool.submit([&ran, token = std::move(abandoned)] { ran = true; }), SubmitResult::accepted);
    }
    EXPECT_FALSE(ran);
    EXPECT_TRUE(log_.contains("test: 1 queued tasks were given up"));
}

}  // namespace
}  // namespace hiratake::net
