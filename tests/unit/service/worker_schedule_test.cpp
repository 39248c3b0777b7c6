#include "service/worker_schedule.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hiratake {
namespace {

using testing::ElementsAre;

constexpr std::size_t slow = 0;
constexpr std::size_t fast = 1;
constexpr std::size_t no_limit = 1000;

/// Plays the workers by hand: as many as there are begin what may begin, and end what the test says.
class Workers {
  public:
    explicit Workers(WorkerSchedule::Options options) : count_(options.max_workers), schedule(std::move(options)) {}

    /// @return whether there was a place
    bool add(std::size_t entrypoint, const std::string& name, std::optional<std::string> key = {}) {
        const auto arrival = schedule.add(entrypoint, task(name), std::move(key));
        if (arrival == WorkerSchedule::Arrival::may_begin) ++announced_;
        begin();
        return arrival != WorkerSchedule::Arrival::refused;
    }
    void add_next(std::size_t entrypoint, const std::string& name, const std::string& key) {
        schedule.add_next(entrypoint, task(name), key);
    }
    /// Ends the task that began first of those that run.
    void end_first() {
        const WorkerSchedule::Turn ended = std::move(running_.front());
        running_.pop_front();
        if (schedule.end(ended)) ++announced_;
        begin();
    }
    void end_all() {
        while (!running_.empty()) end_first();
    }

    /// In the order in which they began.
    std::vector<std::string> begun;

  private:
    WorkerSchedule::Task task(const std::string& name) {
        return [this, name] { begun.push_back(name); };
    }
    void begin() {
        while (running_.size() < count_ && announced_ > 0) {
            --announced_;
            auto turn = schedule.begin();
            ASSERT_TRUE(turn) << "it was announced, and is not there";
            turn->turn.task();
            running_.push_back(*std::move(turn));
        }
    }

    std::size_t count_;
    std::size_t announced_ = 0;
    std::deque<WorkerSchedule::Turn> running_;

  public:
    WorkerSchedule schedule;
};

TEST(WorkerSchedule, begins_tasks_of_one_entrypoint_in_the_order_in_which_they_came) {
    Workers workers({.max_workers = 2, .max_running = {no_limit}});
    for (const char* name : {"1", "2", "3", "4"}) EXPECT_TRUE(workers.add(0, name));
    EXPECT_THAT(workers.begun, ElementsAre("1", "2"));
    EXPECT_EQ(workers.schedule.running(), 2U);
    EXPECT_EQ(workers.schedule.waiting(), 2U);
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("1", "2", "3", "4"));
    EXPECT_EQ(workers.schedule.running() + workers.schedule.waiting(), 0U);
}

TEST(WorkerSchedule, keeps_an_entrypoint_within_its_limit_and_leaves_the_others_the_free_workers) {
    Workers workers({.max_workers = 4, .max_running = {2, no_limit}});
    for (const char* name : {"s1", "s2", "s3", "s4"}) workers.add(slow, name);
    EXPECT_THAT(workers.begun, ElementsAre("s1", "s2"));
    workers.add(fast, "f1");
    EXPECT_THAT(workers.begun, ElementsAre("s1", "s2", "f1"));
    workers.end_first();
    EXPECT_THAT(workers.begun, ElementsAre("s1", "s2", "f1", "s3"));
    workers.end_all();
    EXPECT_EQ(workers.begun.size(), 5U);
}

TEST(WorkerSchedule, gives_the_next_worker_to_the_entrypoint_that_has_the_fewest) {
    Workers workers({.max_workers = 4, .max_running = {no_limit, no_limit}});
    for (const char* name : {"s1", "s2", "s3", "s4", "s5", "s6"}) workers.add(slow, name);
    for (const char* name : {"f1", "f2", "f3"}) workers.add(fast, name);
    workers.end_first();
    workers.end_first();
    EXPECT_THAT(workers.begun, ElementsAre("s1", "s2", "s3", "s4", "f1", "f2"));
    // Two of each run: each that ends makes room for one of its own.
    workers.end_first();
    workers.end_first();
    workers.end_first();
    EXPECT_THAT(workers.begun, ElementsAre("s1", "s2", "s3", "s4", "f1", "f2", "s5", "s6", "f3"));
}

TEST(WorkerSchedule, takes_turns_where_entrypoints_have_as_many_workers) {
    Workers workers({.max_workers = 1, .max_running = {no_limit, no_limit, no_limit}});
    workers.add(0, "a1");
    for (const char* name : {"a2", "a3"}) workers.add(0, name);
    for (const char* name : {"b1", "b2"}) workers.add(1, name);
    workers.add(2, "c1");
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "a2", "b1", "c1", "a3", "b2"));
}

TEST(WorkerSchedule, runs_one_task_at_a_time_for_each_key_and_many_keys_at_once) {
    Workers workers({.max_workers = 3, .max_running = {no_limit}});
    workers.add(0, "a1", "a");
    workers.add(0, "a2", "a");
    workers.add(0, "a3", "a");
    workers.add(0, "b1", "b");
    workers.add(0, "no key");
    workers.add(0, "b2", "b");
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1", "no key"));
    workers.end_first();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1", "no key", "a2"));
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1", "no key", "a2", "b2", "a3"));
}

TEST(WorkerSchedule, leaves_other_keys_their_turns_before_the_next_task_of_a_key) {
    Workers workers({.max_workers = 1, .max_running = {no_limit}});
    for (const char* name : {"a1", "a2", "a3"}) workers.add(0, name, "a");
    workers.add(0, "b1", "b");
    workers.add(0, "c1", "c");
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1", "c1", "a2", "a3"));
}

TEST(WorkerSchedule, keeps_keys_of_different_entrypoints_apart) {
    Workers workers({.max_workers = 2, .max_running = {no_limit, no_limit}});
    workers.add(slow, "s1", "a");
    workers.add(fast, "f1", "a");
    EXPECT_THAT(workers.begun, ElementsAre("s1", "f1"));
}

TEST(WorkerSchedule, has_a_repetition_run_before_what_waits_with_its_key) {
    Workers workers({.max_workers = 1, .max_running = {no_limit}});
    workers.add(0, "a1", "a");
    workers.add(0, "a2", "a");
    workers.add(0, "b1", "b");
    workers.add_next(0, "a1 again", "a");
    EXPECT_EQ(workers.schedule.waiting(), 3U);
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1", "a1 again", "a2"));
}

TEST(WorkerSchedule, has_keys_and_a_limit_at_once) {
    Workers workers({.max_workers = 3, .max_running = {1}});
    workers.add(0, "a1", "a");
    workers.add(0, "b1", "b");
    workers.add(0, "a2", "a");
    EXPECT_THAT(workers.begun, ElementsAre("a1"));
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1", "a2"));
}

TEST(WorkerSchedule, keeps_places_for_each_entrypoint_however_many_tasks_another_has) {
    Workers workers({.max_workers = 1, .max_queued = 16, .max_running = {no_limit, no_limit}});
    EXPECT_TRUE(workers.add(slow, "runs"));
    int taken = 0;
    while (workers.add(slow, "waits")) ++taken;
    // 12 that are for all, and 2 of its own.
    EXPECT_EQ(taken, 14);
    EXPECT_TRUE(workers.schedule.is_full(slow));
    EXPECT_FALSE(workers.schedule.is_full(fast));
    EXPECT_TRUE(workers.add(fast, "f1"));
    EXPECT_TRUE(workers.add(fast, "f2"));
    EXPECT_FALSE(workers.add(fast, "f3"));
    // What belongs to no entrypoint has no places of its own.
    EXPECT_FALSE(workers.add(2, "other"));
    EXPECT_EQ(workers.schedule.waiting(), 16U);
    workers.end_all();
    EXPECT_EQ(workers.begun.size(), 17U);
    EXPECT_TRUE(workers.add(2, "other"));
}

TEST(WorkerSchedule, gives_a_single_entrypoint_all_places) {
    Workers workers({.max_workers = 1, .max_queued = 10, .max_running = {1}});
    workers.add(0, "runs");
    int taken = 0;
    while (workers.add(0, "waits")) ++taken;
    EXPECT_EQ(taken, 10);
}

TEST(WorkerSchedule, refuses_nothing_that_finds_a_worker_free) {
    WorkerSchedule schedule({.max_workers = 3, .max_queued = 1, .max_running = {no_limit, no_limit}});
    int taken = 0;
    while (schedule.add(0, [] {}, {}) == WorkerSchedule::Arrival::may_begin) ++taken;
    EXPECT_EQ(taken, 3);
}

TEST(WorkerSchedule, lets_go_of_a_task_that_it_refuses) {
    WorkerSchedule schedule({.max_workers = 1, .max_queued = 1, .max_running = {1}});
    ASSERT_NE(schedule.add(0, [] {}, {}), WorkerSchedule::Arrival::refused);
    schedule.begin();
    ASSERT_NE(schedule.add(0, [] {}, {}), WorkerSchedule::Arrival::refused);
    WorkerSchedule::Task task = [] {};
    EXPECT_EQ(schedule.add(0, std::move(task), {}), WorkerSchedule::Arrival::refused);
    EXPECT_TRUE(task) << "it is the caller's";
}

TEST(WorkerSchedule, gives_up_what_waits_with_a_key) {
    Workers workers({.max_workers = 1, .max_queued = 4, .max_running = {no_limit}});
    workers.add(0, "a1", "a");
    for (const char* name : {"a2", "a3"}) workers.add(0, name, "a");
    workers.add(0, "b1", "b");
    EXPECT_EQ(workers.schedule.abandon(0, "a").size(), 2U);
    EXPECT_EQ(workers.schedule.waiting(), 1U);
    workers.end_all();
    EXPECT_THAT(workers.begun, ElementsAre("a1", "b1"));
}

TEST(WorkerSchedule, gives_up_all_that_waits) {
    WorkerSchedule schedule({.max_workers = 1, .max_running = {1, 1}});
    schedule.add(
        0, [] {}, "a");
    const auto running = schedule.begin();
    schedule.add(
        0, [] {}, "a");
    schedule.add(
        0, [] {}, "b");
    schedule.add(1, [] {}, {});
    EXPECT_EQ(schedule.abandon().size(), 3U);
    EXPECT_EQ(schedule.waiting(), 0U);
    EXPECT_FALSE(schedule.end(*running));
    EXPECT_FALSE(schedule.begin());
}

}  // namespace
}  // namespace hiratake
