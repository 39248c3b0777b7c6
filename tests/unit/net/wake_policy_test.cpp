#include "net/wake_policy.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace hiratake::net {
namespace {

constexpr auto each = WakePolicy::tasks_for_each_thread;
constexpr Duration brief = WakePolicy::longest_short_task / 2;
constexpr Duration tick_interval = std::chrono::milliseconds{1};

WakePolicy policy_with_sleepers(int count) {
    WakePolicy policy;
    for (int i = 0; i < count; ++i) policy.thread_sleeps();
    return policy;
}

TEST(WakePolicy, wakes_one_thread_at_a_time) {
    auto policy = policy_with_sleepers(2);
    EXPECT_FALSE(policy.should_wake(0));
    EXPECT_TRUE(policy.should_wake(1));
    EXPECT_FALSE(policy.should_wake(2 * each));
    policy.thread_woken();
    policy.task_begins();
    EXPECT_TRUE(policy.should_wake(2 * each));
    policy.thread_woken();
    policy.task_begins();
    EXPECT_FALSE(policy.should_wake(100 * each));  // nobody sleeps
}

TEST(WakePolicy, leaves_short_tasks_to_those_that_are_awake) {
    auto policy = policy_with_sleepers(2);
    EXPECT_TRUE(policy.should_wake(1));
    policy.thread_woken();
    for (int i = 0; i < 100; ++i) policy.task_ends(policy.task_begins(), brief);
    const auto task = policy.task_begins();
    EXPECT_FALSE(policy.should_wake(each));
    EXPECT_TRUE(policy.should_wake(each + 1));
    policy.thread_woken();
    policy.task_ends(task, brief);
    policy.thread_sleeps();
    EXPECT_TRUE(policy.should_wake(1));
}

TEST(WakePolicy, gives_each_task_a_thread_while_tasks_are_long_on_average) {
    auto policy = policy_with_sleepers(3);
    EXPECT_TRUE(policy.should_wake(2));
    policy.thread_woken();
    policy.task_ends(policy.task_begins(), 20 * WakePolicy::longest_short_task);
    policy.task_begins();
    EXPECT_TRUE(policy.should_wake(2));
    policy.thread_woken();
    policy.task_begins();
    EXPECT_TRUE(policy.should_wake(1));
    policy.thread_woken();
    for (int i = 0; i < 100; ++i) policy.task_ends(policy.task_begins(), brief);
    policy.thread_sleeps();
    EXPECT_FALSE(policy.should_wake(1));
}

TEST(WakePolicy, takes_a_task_that_does_not_end_for_a_long_one) {
    auto policy = policy_with_sleepers(2);
    EXPECT_TRUE(policy.should_wake(2));
    policy.thread_woken();
    policy.task_begins();
    EXPECT_FALSE(policy.should_wake(1));
    policy.begin_ticks();
    EXPECT_FALSE(policy.should_wake(1));
    policy.tick(tick_interval);
    EXPECT_TRUE(policy.should_wake(1));
}

TEST(WakePolicy, is_not_misled_by_tasks_that_have_begun_since_the_last_tick) {
    auto policy = policy_with_sleepers(2);
    EXPECT_TRUE(policy.should_wake(2));
    policy.thread_woken();
    auto task = policy.task_begins();
    policy.begin_ticks();
    for (int i = 0; i < 10; ++i) {
        policy.task_ends(task, brief);
        task = policy.task_begins();
        policy.tick(tick_interval);
        EXPECT_FALSE(policy.should_wake(each));
    }
}

TEST(WakePolicy, lets_no_task_wait_that_is_urgent) {
    auto policy = policy_with_sleepers(3);
    EXPECT_TRUE(policy.should_wake_at_once(1));
    EXPECT_FALSE(policy.should_wake_at_once(2));
    policy.thread_woken();
    policy.task_begins();
    EXPECT_TRUE(policy.should_wake(1));
    policy.thread_woken();
    policy.thread_sleeps();
    EXPECT_FALSE(policy.should_wake(1));
}

}  // namespace
}  // namespace hiratake::net
