#include "client/inbox.hpp"

#include <gtest/gtest.h>

#include "unit/client/support/pending.hpp"

namespace hiratake::client {
namespace {

class InboxTest : public testing::Test {
  protected:
    Admission publish(std::string_view body = "b") {
        auto pending = core::pending({.message = {"", "", "", body}});
        return inbox.publish(pending, false);
    }

    int wake_ups = 0;
    Inbox inbox{{.publishes = 3, .bytes = 100}, [this] { ++wake_ups; }};
    StagedWork work;
};

TEST_F(InboxTest, wakes_once_for_everything_that_gathers) {
    EXPECT_EQ(publish(), Admission::admitted);
    EXPECT_EQ(publish(), Admission::admitted);
    inbox.settle({.channel = 3, .generation = 1, .delivery_tag = 7}, core::Settlement::ack);
    EXPECT_TRUE(inbox.command([] {}));
    EXPECT_EQ(wake_ups, 1);
    inbox.take(work);
    EXPECT_EQ(work.publishes.size(), 2U);
    EXPECT_EQ(work.settlements.at(0).key.delivery_tag, 7U);
    EXPECT_EQ(work.commands.size(), 1U);
    inbox.settle({}, core::Settlement::requeue);
    EXPECT_EQ(wake_ups, 2);
}

TEST_F(InboxTest, does_not_wake_one_that_is_about_to_look) {
    inbox.expect_take();
    EXPECT_EQ(publish(), Admission::admitted);
    EXPECT_EQ(wake_ups, 0);
    inbox.take(work);
    EXPECT_EQ(work.publishes.size(), 1U);
    work.clear();
    publish();
    EXPECT_EQ(wake_ups, 1);
}

TEST_F(InboxTest, has_room_for_so_many_publishes_and_no_more) {
    for (int number = 0; number < 3; ++number) EXPECT_EQ(publish(), Admission::admitted);
    EXPECT_EQ(publish(), Admission::full);
    inbox.release(1, 1);
    EXPECT_EQ(publish(), Admission::admitted);
    EXPECT_EQ(publish(), Admission::full);
}

TEST_F(InboxTest, has_room_for_so_many_bytes_and_no_more) {
    EXPECT_EQ(publish(std::string(60, 'b')), Admission::admitted);
    EXPECT_EQ(publish(std::string(60, 'b')), Admission::full);
    EXPECT_EQ(publish(std::string(40, 'b')), Admission::admitted);
}

TEST_F(InboxTest, lets_a_message_beyond_the_whole_limit_through_alone) {
    EXPECT_EQ(publish(std::string(500, 'b')), Admission::admitted);
    EXPECT_EQ(publish("b"), Admission::full);
    inbox.release(1, 500);
    EXPECT_EQ(publish("b"), Admission::admitted);
    EXPECT_EQ(publish(std::string(500, 'b')), Admission::full);
}

TEST_F(InboxTest, takes_nothing_once_closed) {
    inbox.close();
    EXPECT_TRUE(inbox.is_closed());
    EXPECT_EQ(publish(), Admission::closed);
    EXPECT_FALSE(inbox.command([] {}));
    inbox.settle({}, core::Settlement::ack);
    EXPECT_EQ(wake_ups, 0);
    inbox.take(work);
    EXPECT_TRUE(work.empty());
}

TEST_F(InboxTest, does_not_wait_beyond_the_deadline_of_the_publish) {
    for (int number = 0; number < 3; ++number) publish();
    auto pending = core::pending({.message = {"", "", "", "b"}, .deadline = Deadline{TimePoint{}}});
    EXPECT_EQ(inbox.publish(pending, true), Admission::full);
}

}  // namespace
}  // namespace hiratake::client
