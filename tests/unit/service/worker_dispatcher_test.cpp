#include "service/worker_dispatcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <memory>
#include <stdexcept>

#include "hiratake/service/config.hpp"
#include "support/test_environment.hpp"

namespace hiratake {
namespace {

class WorkerDispatcherTest : public testing::Test {
  protected:
    void SetUp() override { process_.event_loop.start(); }

    /// Two entrypoints; the first has one worker at a time.
    std::unique_ptr<WorkerDispatcher> make() {
        return std::make_unique<WorkerDispatcher>(
            "sample", WorkerSchedule::Options{.max_workers = 4, .max_queued = 100, .max_running = {1, 4}}, true,
            process_.config, process_.event_loop);
    }

    test::TestEnvironment process_;
};

TEST_F(WorkerDispatcherTest, runs_all_tasks_within_their_limits) {
    const auto dispatcher = make();
    std::atomic<int> at_once = 0;
    std::atomic<int> most_at_once = 0;
    std::atomic<int> done = 0;
    for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(dispatcher->submit(0,
                                       [&] {
                                           most_at_once = std::max(most_at_once.load(), ++at_once);
                                           --at_once;
                                           ++done;
                                       },
                                       {}));
        EXPECT_TRUE(dispatcher->submit(1, [&] { ++done; }, {}));
    }
    EXPECT_TRUE(dispatcher->drain(Deadline::never()));
    EXPECT_EQ(done, 100);
    EXPECT_EQ(most_at_once, 1);
    EXPECT_EQ(dispatcher->active(), 0U);
}

TEST_F(WorkerDispatcherTest, runs_tasks_on_fibers_as_well) {
    process_.config = Config{Object{{"workers", "fibers"}}};
    const auto dispatcher = make();
    std::atomic<int> done = 0;
    for (int i = 0; i < 50; ++i) {
        for (const unsigned entrypoint : {0U, 1U}) {
            EXPECT_TRUE(dispatcher->submit(entrypoint, [&] { ++done; }, {}));
        }
    }
    EXPECT_TRUE(dispatcher->drain(Deadline::never()));
    EXPECT_EQ(done, 100);
}

TEST_F(WorkerDispatcherTest, drains_what_waits_behind_a_limit_and_takes_no_more) {
    const auto dispatcher = make();
    std::latch begun{1};
    std::latch go{1};
    std::atomic<int> done = 0;
    EXPECT_TRUE(dispatcher->submit(0,
                                   [&] {
                                       begun.count_down();
                                       go.wait();
                                   },
                                   {}));
    begun.wait();
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(dispatcher->submit(0, [&] { ++done; }, {}));
    }
    EXPECT_EQ(dispatcher->running(), 1U);
    EXPECT_EQ(dispatcher->waiting(), 3U);
    EXPECT_FALSE(dispatcher->drain(Deadline{TimePoint{}}));
    EXPECT_FALSE(dispatcher->submit(1, [&] { ++done; }, {}));
    go.count_down();
    EXPECT_TRUE(dispatcher->drain(Deadline::never()));
    EXPECT_EQ(done, 3);
}

TEST_F(WorkerDispatcherTest, goes_on_after_a_task_that_throws) {
    const auto dispatcher = make();
    std::atomic<bool> reached = false;
    EXPECT_TRUE(dispatcher->submit(0, [] { throw std::runtime_error("the reason"); }, {}));
    EXPECT_TRUE(dispatcher->submit(0, [&] { reached = true; }, {}));
    EXPECT_TRUE(dispatcher->drain(Deadline::never()));
    EXPECT_TRUE(reached);
    EXPECT_TRUE(process_.logged("the reason"));
}

TEST_F(WorkerDispatcherTest, gives_up_at_a_stop_what_would_overtake_a_repetition) {
    const auto dispatcher = make();
    std::latch begun{1};
    std::latch go{1};
    std::atomic<bool> is_repeated = true;
    std::atomic<bool> overtaken = false;
    EXPECT_TRUE(dispatcher->submit(
        0,
        [&] {
            begun.count_down();
            go.wait();
            is_repeated = dispatcher->submit_next(
                0, [] {}, "a");
        },
        "a"));
    begun.wait();
    EXPECT_TRUE(dispatcher->submit(
        0, [&] { overtaken = true; }, "a"));
    EXPECT_FALSE(dispatcher->drain(Deadline{TimePoint{}}));
    go.count_down();
    EXPECT_TRUE(dispatcher->drain(Deadline::never()));
    EXPECT_FALSE(is_repeated);
    EXPECT_FALSE(overtaken);
}

TEST_F(WorkerDispatcherTest, destroys_what_has_not_begun_before_it_waits_for_what_runs) {
    auto dispatcher = make();
    std::latch begun{1};
    const auto go = std::make_shared<std::latch>(1);
    EXPECT_TRUE(dispatcher->submit(0,
                                   [&begun, go] {
                                       begun.count_down();
                                       go->wait();
                                   },
                                   {}));
    begun.wait();
    // Lets the running task end when it is destroyed.
    std::shared_ptr<void> opener{nullptr, [go](void*) { go->count_down(); }};
    std::atomic<bool> ran = false;
    EXPECT_TRUE(dispatcher->submit(0, [&ran, held = std::move(opener)] { ran = true; }, {}));
    dispatcher.reset();
    EXPECT_FALSE(ran);
    EXPECT_TRUE(process_.logged("sample: 1 tasks that waited for others were given up at the end"));
}

}  // namespace
}  // namespace hiratake
