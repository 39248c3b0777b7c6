#include "net/worker_pool.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>

#include "loop_fixture.hpp"

namespace hiratake::net {
namespace {

const Deadline passed{TimePoint{}};

TEST(WorkerPool, starts_threads_as_they_are_needed) {
    RecordedLog log;
    WorkerPool pool({.name = "test", .max_threads = 3, .max_queued = 10}, log.log());
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

TEST(WorkerPool, refuses_beyond_its_queue_and_keeps_what_it_accepted) {
    RecordedLog log;
    WorkerPool pool({.name = "test", .max_threads = 1, .max_queued = 2}, log.log());
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

TEST(WorkerPool, outlives_a_task_that_throws) {
    RecordedLog log;
    WorkerPool pool({.name = "test", .max_threads = 1}, log.log());
    std::atomic<bool> reached = false;
    EXPECT_EQ(pool.submit([] { throw std::runtime_error("the reason"); }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([] { throw 1; }), SubmitResult::accepted);
    EXPECT_EQ(pool.submit([&] { reached = true; }), SubmitResult::accepted);
    EXPECT_TRUE(pool.drain(Deadline::never()));
    EXPECT_TRUE(reached);
    EXPECT_TRUE(log.contains("escaped a task of test: the reason"));
    EXPECT_TRUE(log.contains("no std::exception"));
}

TEST(WorkerPool, accepts_nothing_once_it_drains) {
    RecordedLog log;
    WorkerPool pool({}, log.log());
    EXPECT_TRUE(pool.drain(passed));
    EXPECT_EQ(pool.submit([] {}), SubmitResult::stopping);
}

TEST(WorkerPool, reports_a_drain_that_takes_too_long) {
    RecordedLog log;
    std::latch end(1);
    WorkerPool pool({.name = "test", .max_threads = 1}, log.log());
    EXPECT_EQ(pool.submit([&] { end.wait(); }), SubmitResult::accepted);
    EXPECT_FALSE(pool.drain(passed));
    end.count_down();
    EXPECT_TRUE(pool.drain(Deadline::never()));
}

TEST(WorkerPool, says_what_it_gives_up_when_it_is_destroyed) {
    RecordedLog log;
    std::latch end(1);
    std::latch running(1);
    bool ran = false;
    // Shared between this test and the abandoned task, whose destruction is the sign that the pool is ending.
    auto abandoned = std::shared_ptr<void>(nullptr, [&](void*) { end.count_down(); });
    {
        WorkerPool pool({.name = "test", .max_threads = 1}, log.log());
        EXPECT_EQ(pool.submit([&] {
            running.count_down();
            end.wait();
        }),
                  SubmitResult::accepted);
        running.wait();
        EXPECT_EQ(pool.submit([&ran, token = std::move(abandoned)] { ran = true; }), SubmitResult::accepted);
    }
    EXPECT_FALSE(ran);
    EXPECT_TRUE(log.contains("test: 1 queued tasks were given up"));
}

}  // namespace
}  // namespace hiratake::net
