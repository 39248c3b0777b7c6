#include "net/task_group.hpp"

#include <optional>
#include <thread>

#include "loop_fixture.hpp"
#include "net/parker.hpp"

namespace hiratake::net {
namespace {

const Deadline passed{TimePoint{}};

TEST(TaskGroup, knows_what_runs_by_name) {
    RecordedLog log;
    TaskGroup group(log.log());
    auto first = group.add("the first");
    auto second = group.add("the second");
    EXPECT_EQ(group.names(), (std::vector<std::string>{"the first", "the second"}));
    first.finish();
    EXPECT_EQ(group.names(), (std::vector<std::string>{"the second"}));
    EXPECT_FALSE(group.wait(passed));
    second = {};
    EXPECT_TRUE(group.wait(passed));
}

TEST(TaskGroup, cancels_each_task_once_and_refuses_new_ones) {
    RecordedLog log;
    TaskGroup group(log.log());
    int cancelled = 0;
    auto task = group.add("a task", [&] { ++cancelled; });
    group.cancel();
    group.cancel();
    EXPECT_EQ(cancelled, 1);
    EXPECT_FALSE(group.add("too late"));
    EXPECT_EQ(group.size(), 1u);
}

TEST(TaskGroup, lets_a_task_end_inside_its_cancel_function) {
    RecordedLog log;
    TaskGroup group(log.log());
    TaskGroup::Task task;
    task = group.add("a task", [&] { task.finish(); });
    group.cancel();
    EXPECT_TRUE(group.wait(passed));
}

TEST(TaskGroup, cancels_and_waits_when_it_is_destroyed) {
    RecordedLog log;
    Parker parker;
    bool ended = false;
    std::thread background;
    {
        TaskGroup group(log.log());
        background = std::thread([&, task = group.add("background work", [&] { parker.unpark(); })]() mutable {
            parker.park();
            ended = true;
            task.finish();
        });
    }
    EXPECT_TRUE(ended);
    background.join();
}

}  // namespace
}  // namespace hiratake::net
