#include "client/core/confirm_tracker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/client/support/pending.hpp"

namespace hiratake::client::core {
namespace {

using testing::ElementsAre;

class ConfirmTrackerTest : public testing::Test {
  protected:
    void publish(std::string_view key, bool mandatory = false, Deadline deadline = {}, std::string_view body = "b") {
        tracker.track(pending({.message = {"x", key, "props", body},
                               .mandatory = mandatory,
                               .deadline = deadline,
                               .handler = [this, name = std::string{key}](const PublishResult& result) {
                                   outcomes.push_back(name + " " + std::string{to_string(result.status)});
                               }}));
    }
    std::vector<std::string> take_outcomes() {
        for (auto& publish : std::exchange(settled, {})) publish.handler(publish.result);
        return std::exchange(outcomes, {});
    }

    ConfirmTracker tracker;
    SettledPublishes settled;
    std::vector<std::string> outcomes;
};

TEST_F(ConfirmTrackerTest, answers_one_by_one_in_any_order) {
    publish("a");
    publish("b");
    publish("c");
    EXPECT_TRUE(tracker.acknowledge(2, false, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("b confirmed"));
    EXPECT_EQ(tracker.size(), 3U);
    EXPECT_TRUE(tracker.refuse(1, false, settled));
    EXPECT_TRUE(tracker.acknowledge(3, false, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("a rejected", "c confirmed"));
    EXPECT_TRUE(tracker.empty());
}

TEST_F(ConfirmTrackerTest, answers_everything_up_to_a_tag) {
    publish("a");
    publish("b");
    publish("c");
    EXPECT_TRUE(tracker.acknowledge(2, true, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed", "b confirmed"));
    publish("d");
    EXPECT_TRUE(tracker.acknowledge(4, true, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("c confirmed", "d confirmed"));
}

TEST_F(ConfirmTrackerTest, takes_tag_zero_with_multiple_for_everything) {
    publish("a");
    publish("b");
    EXPECT_TRUE(tracker.acknowledge(0, true, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed", "b confirmed"));
}

TEST_F(ConfirmTrackerTest, refuses_a_tag_that_is_not_outstanding) {
    EXPECT_FALSE(tracker.acknowledge(1, false, settled));
    publish("a");
    EXPECT_FALSE(tracker.acknowledge(2, false, settled));
    EXPECT_FALSE(tracker.acknowledge(0, false, settled));
    EXPECT_TRUE(tracker.acknowledge(1, false, settled));
    EXPECT_FALSE(tracker.acknowledge(1, false, settled));
}

TEST_F(ConfirmTrackerTest, settles_a_returned_publish_when_its_ack_comes) {
    publish("a", true);
    publish("b", true);
    EXPECT_TRUE(tracker.mark_returned({"x", "b", "props", "b", "312 NO_ROUTE"}));
    EXPECT_TRUE(tracker.acknowledge(2, true, settled));
    ASSERT_EQ(settled.size(), 2U);
    EXPECT_EQ(settled[1].result, (PublishResult{PublishStatus::returned, "312 NO_ROUTE"}));
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed", "b returned"));
}

TEST_F(ConfirmTrackerTest, tells_returns_with_the_same_key_apart_by_their_bytes) {
    publish("k", true, {}, "first");
    publish("k", true, {}, "second");
    EXPECT_TRUE(tracker.mark_returned({"x", "k", "props", "second", "312"}));
    EXPECT_TRUE(tracker.acknowledge(2, true, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("k confirmed", "k returned"));
}

TEST_F(ConfirmTrackerTest, finds_a_return_whose_properties_the_broker_has_changed) {
    publish("k", false);
    publish("k", true);
    EXPECT_TRUE(tracker.mark_returned({"x", "k", "changed", "b", "312"}));
    EXPECT_TRUE(tracker.acknowledge(2, true, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("k confirmed", "k returned"));
}

TEST_F(ConfirmTrackerTest, matches_equal_messages_one_after_the_other) {
    publish("k", true);
    publish("k", true);
    EXPECT_TRUE(tracker.mark_returned({"x", "k", "props", "b", "312"}));
    EXPECT_TRUE(tracker.mark_returned({"x", "k", "props", "b", "312"}));
    EXPECT_FALSE(tracker.mark_returned({"x", "k", "props", "b", "312"}));
    EXPECT_TRUE(tracker.acknowledge(2, true, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("k returned", "k returned"));
}

TEST_F(ConfirmTrackerTest, answers_late_ones_and_keeps_their_tags) {
    const TimePoint now{std::chrono::hours{1}};
    publish("a", false, Deadline{now + std::chrono::seconds{1}});
    publish("b", false, Deadline{now + std::chrono::seconds{5}});
    EXPECT_EQ(tracker.next_deadline(), Deadline{now + std::chrono::seconds{1}});
    tracker.expire(now, settled);
    EXPECT_TRUE(settled.empty());
    tracker.expire(now + std::chrono::seconds{1}, settled);
    EXPECT_THAT(take_outcomes(), ElementsAre("a timed out"));
    EXPECT_EQ(tracker.next_deadline(), Deadline{now + std::chrono::seconds{5}});
    EXPECT_TRUE(tracker.acknowledge(1, false, settled));
    EXPECT_TRUE(settled.empty());
    EXPECT_TRUE(tracker.acknowledge(2, false, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("b confirmed"));
}

TEST_F(ConfirmTrackerTest, gives_back_what_is_still_waited_for_and_counts_from_one_again) {
    const TimePoint now{std::chrono::hours{1}};
    publish("late", false, Deadline{now});
    publish("answered");
    publish("open");
    tracker.expire(now, settled);
    EXPECT_TRUE(tracker.acknowledge(2, false, settled));
    take_outcomes();
    const auto unanswered = tracker.take_unanswered();
    ASSERT_EQ(unanswered.size(), 1U);
    EXPECT_EQ(unanswered.front()->routing_key(), "open");
    publish("next");
    EXPECT_TRUE(tracker.acknowledge(1, false, settled));
    EXPECT_THAT(take_outcomes(), ElementsAre("next confirmed"));
}

}  // namespace
}  // namespace hiratake::client::core
