#include "unit/client/support/connection_fixture.hpp"

namespace hiratake::client::core {
namespace {

using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ConnectionPublish : public ConnectionFixture {
  protected:
    void connect() {
        broker.connect(now);
        broker.take_heard();
    }
    void close_channel(std::string_view text = "NOT_FOUND - no exchange 'x'") {
        broker.say(2, amqp::ChannelClose{.reply_code = 404, .reply_text = text, .class_id = 60, .method_id = 40});
    }
};

TEST_F(ConnectionPublish, writes_what_was_staged_in_one_go) {
    connect();
    publish("a");
    publish("b");
    machine.advance(now);
    amqp::ByteBuffer bytes;
    machine.take_outgoing(bytes, now);
    EXPECT_THAT(std::string{bytes}, AllOf(HasSubstr("body of a"), HasSubstr("body of b")));
    EXPECT_FALSE(machine.has_outgoing());
    EXPECT_FALSE(machine.has_unwritten());
}

TEST_F(ConnectionPublish, tells_each_publish_what_the_broker_answered) {
    broker.confirms = false;
    connect();
    for (const char* key : {"a", "b", "c", "d"}) publish(key);
    converse();
    EXPECT_FALSE(machine.is_idle());
    broker.say(2, amqp::BasicAck{.delivery_tag = 2, .multiple = true});
    broker.say(2, amqp::BasicNack{.delivery_tag = 3});
    broker.say(2, amqp::BasicAck{.delivery_tag = 4});
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed", "b confirmed", "c rejected", "d confirmed"));
    EXPECT_TRUE(machine.is_idle());
}

TEST_F(ConnectionPublish, tells_which_mandatory_publish_was_returned) {
    broker.confirms = false;
    connect();
    publish("nowhere", {}, "x", true);
    publish("somewhere", {}, "x", true);
    converse();
    broker.say_content(
        2, amqp::BasicReturn{.reply_code = 312, .reply_text = "NO_ROUTE", .exchange = "x", .routing_key = "nowhere"},
        std::string_view{"\0\0", 2}, "body of nowhere");
    broker.say(2, amqp::BasicAck{.delivery_tag = 2, .multiple = true});
    converse();
    ASSERT_EQ(machine.events().settled.size(), 2U);
    EXPECT_EQ(machine.events().settled[0].result, (PublishResult{PublishStatus::returned, "312 NO_ROUTE"}));
    EXPECT_THAT(take_outcomes(), ElementsAre("nowhere returned", "somewhere confirmed"));
}

TEST_F(ConnectionPublish, keeps_no_more_on_the_wire_than_its_window) {
    broker.confirms = false;
    connect();
    for (int number = 0; number < 12; ++number) publish(std::to_string(number));
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 8U);
    EXPECT_FALSE(machine.has_outgoing());
    EXPECT_TRUE(machine.has_unwritten());
    broker.say(2, amqp::BasicAck{.delivery_tag = 3, .multiple = true});
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 11U);
}

TEST_F(ConnectionPublish, reports_a_publish_that_closed_the_channel_and_selects_confirms_again) {
    broker.silent_on = {"basic.publish"};
    connect();
    publish("bad");
    converse();
    broker.take_heard();
    broker.silent_on = {};
    close_channel();
    EXPECT_EQ(converse(), ConnectionAction::go_on);
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 2: channel.close-ok", "channel 2: channel.open",
                                                 HasSubstr("channel 2: confirm.select")));
    publish("good");
    converse();
    ASSERT_EQ(machine.events().settled.size(), 2U);
    EXPECT_EQ(machine.events().settled[0].result.detail, "404 NOT_FOUND - no exchange 'x'");
    EXPECT_THAT(take_outcomes(), ElementsAre("bad refused", "good confirmed"));
}

TEST_F(ConnectionPublish, finds_the_culprit_among_many_and_loses_no_neighbour) {
    broker.silent_on = {"basic.publish"};
    connect();
    for (const char* key : {"a", "bad", "c"}) publish(key);
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 3U);
    close_channel();
    broker.take_heard();
    converse();
    // One at a time now: 'a' alone is written, and confirmed.
    EXPECT_EQ(broker.count_heard("basic.publish"), 1U);
    broker.say(2, amqp::BasicAck{.delivery_tag = 1});
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 2U);
    close_channel();
    broker.silent_on = {};
    converse();
    publish("d");
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed", "bad refused", "c confirmed", "d confirmed"));
    EXPECT_TRUE(machine.is_idle());
}

TEST_F(ConnectionPublish, widens_its_window_again_after_the_culprit_is_found) {
    broker.silent_on = {"basic.publish"};
    connect();
    publish("a");
    publish("bad");
    converse();
    close_channel();
    converse();
    broker.say(2, amqp::BasicAck{.delivery_tag = 1});
    converse();
    close_channel();
    converse();
    broker.take_heard();
    publish("c");
    publish("d");
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 2U);
}

TEST_F(ConnectionPublish, sends_unanswered_publishes_again_in_order_on_the_next_connection) {
    broker.confirms = false;
    connect();
    for (const char* key : {"a", "b", "c"}) publish(key);
    converse();
    broker.say(2, amqp::BasicAck{.delivery_tag = 2});
    converse();
    machine.disconnected();
    publish("d");
    EXPECT_THAT(take_outcomes(), ElementsAre("b confirmed"));
    broker.confirms = true;
    connect();
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed", "c confirmed", "d confirmed"));
}

TEST_F(ConnectionPublish, gives_up_a_publish_that_takes_the_connection_with_it_each_time) {
    broker.silent_on = {"basic.publish"};
    publish("poison");
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_THAT(take_outcomes(), IsEmpty());
        connect();
        converse();
        machine.disconnected();
    }
    ASSERT_EQ(machine.events().settled.size(), 1U);
    EXPECT_EQ(machine.events().settled[0].result.detail, "sent 5 times, and the connection was lost each time");
    EXPECT_THAT(take_outcomes(), ElementsAre("poison connection lost"));
}

TEST_F(ConnectionPublish, times_out_what_waits_without_a_connection) {
    publish("a", Deadline{now + seconds{1}});
    publish("b", Deadline{now + seconds{9}});
    EXPECT_EQ(machine.next_deadline(), Deadline{now + seconds{1}});
    machine.advance(now + seconds{1});
    EXPECT_EQ(machine.events().settled.at(0).result.detail, "not sent before its deadline");
    EXPECT_THAT(take_outcomes(), ElementsAre("a timed out"));
    EXPECT_EQ(machine.next_deadline(), Deadline{now + seconds{9}});
    connect();
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("b confirmed"));
}

TEST_F(ConnectionPublish, times_out_what_is_not_confirmed_and_does_not_send_it_again) {
    broker.confirms = false;
    connect();
    publish("a", Deadline{now + seconds{1}});
    converse();
    converse_after(seconds{1});
    EXPECT_THAT(take_outcomes(), ElementsAre("a timed out"));
    machine.disconnected();
    connect();
    EXPECT_EQ(broker.count_heard("basic.publish"), 0U);
}

TEST_F(ConnectionPublish, says_what_it_knows_about_one_that_timed_out_after_a_loss) {
    broker.confirms = false;
    connect();
    publish("a", Deadline{now + seconds{1}});
    converse();
    machine.disconnected();
    machine.advance(now + seconds{1});
    ASSERT_EQ(machine.events().settled.size(), 1U);
    EXPECT_THAT(machine.events().settled[0].result.detail, HasSubstr("the connection was lost after it was sent"));
}

TEST_F(ConnectionPublish, waits_for_what_was_declared_before_it) {
    broker.silent_on = {"queue.declare"};
    connect();
    machine.declare({Queue{.name = "q"}});
    publish("q", {}, "");
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 0U);
    broker.say(1, amqp::QueueDeclareOk{.queue = "q"});
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("q confirmed"));
}

TEST_F(ConnectionPublish, waits_while_the_broker_is_blocked) {
    connect();
    broker.say(0, amqp::ConnectionBlocked{.reason = "low on memory"});
    converse();
    publish("a");
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 0U);
    EXPECT_THAT(take_log(), ElementsAre(HasSubstr("stopped taking messages (low on memory)")));
    broker.say(0, amqp::ConnectionUnblocked{});
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed"));
    EXPECT_THAT(take_log(), ElementsAre("The broker takes messages again"));
}

TEST_F(ConnectionPublish, forgets_a_block_with_its_connection) {
    connect();
    broker.say(0, amqp::ConnectionBlocked{.reason = "disk"});
    converse();
    publish("a");
    machine.disconnected();
    connect();
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed"));
}

TEST_F(ConnectionPublish, stops_and_goes_on_as_channel_flow_says) {
    connect();
    broker.say(2, amqp::ChannelFlow{.active = false});
    converse();
    publish("a");
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre(HasSubstr("channel.flow-ok active=false")));
    broker.say(2, amqp::ChannelFlow{.active = true});
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a confirmed"));
}

TEST_F(ConnectionPublish, gives_up_on_a_broker_that_confirms_what_was_never_sent) {
    connect();
    broker.say(2, amqp::BasicAck{.delivery_tag = 1});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::protocol);
}

TEST_F(ConnectionPublish, reports_what_does_not_fit_the_agreed_frames) {
    broker.tune.frame_max = 4096;
    connect();
    machine.publish(
        pending({.message = {"x", "k", std::string(5000, 'p'), "b"},
                 .handler = [this](const PublishResult& result) { outcomes.emplace_back(to_string(result.status)); }}));
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("refused"));
    EXPECT_EQ(broker.count_heard("basic.publish"), 0U);
}

TEST_F(ConnectionPublish, answers_everything_at_its_end) {
    broker.confirms = false;
    connect();
    publish("sent");
    converse();
    machine.disconnected();
    publish("waiting");
    machine.fail_publishes(PublishStatus::connection_lost, "closed");
    EXPECT_THAT(take_outcomes(), ElementsAre("sent connection lost", "waiting connection lost"));
    EXPECT_TRUE(machine.is_idle());
}

class UnconfirmedPublish : public ConnectionPublish {
  protected:
    void publish_unconfirmed(std::string_view key) {
        machine.publish(pending({.message = {"x", key, std::string_view{"\0\0", 2}, "body of " + std::string{key}},
                                 .mandatory = true,
                                 .confirm = false,
                                 .handler = [this, name = std::string{key}](const PublishResult& result) {
                                     outcomes.push_back(name + " " + std::string{to_string(result.status)});
                                 }}));
    }
};

TEST_F(UnconfirmedPublish, has_a_channel_of_its_own_from_the_first_one_on) {
    connect();
    EXPECT_EQ(broker.count_heard("channel 3"), 0U);
    publish_unconfirmed("a");
    converse();
    EXPECT_EQ(broker.count_heard("channel 3: channel.open"), 1U);
    EXPECT_EQ(broker.count_heard("channel 3: basic.publish"), 1U);
    EXPECT_EQ(broker.count_heard("channel 3: confirm.select"), 0U);
    EXPECT_THAT(take_outcomes(), ElementsAre("a sent"));
    EXPECT_TRUE(machine.is_idle());
}

TEST_F(UnconfirmedPublish, waits_for_a_connection_and_is_not_written_again_on_the_next) {
    publish_unconfirmed("a");
    EXPECT_FALSE(machine.is_idle());
    connect();
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a sent"));
    machine.disconnected();
    broker.connect(now);
    converse();
    EXPECT_EQ(broker.count_heard("channel 3: channel.open"), 1U);
    EXPECT_EQ(broker.count_heard("basic.publish"), 0U);
}

TEST_F(UnconfirmedPublish, tells_of_a_return_that_no_publish_waits_for) {
    connect();
    publish_unconfirmed("nowhere");
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("nowhere sent"));
    broker.say_content(
        3, amqp::BasicReturn{.reply_code = 312, .reply_text = "NO_ROUTE", .exchange = "x", .routing_key = "nowhere"},
        std::string_view{"\0\0", 2}, "body of nowhere");
    converse();
    ASSERT_EQ(machine.events().returns.size(), 1U);
    EXPECT_EQ(machine.events().returns[0].routing_key, "nowhere");
    EXPECT_EQ(machine.events().returns[0].reason, "312 NO_ROUTE");
}

TEST_F(UnconfirmedPublish, that_closes_the_channel_is_told_in_the_log_and_the_next_one_gets_through) {
    connect();
    publish_unconfirmed("bad");
    converse();
    broker.take_heard();
    broker.say(3, amqp::ChannelClose{.reply_code = 404, .reply_text = "NOT_FOUND", .class_id = 60, .method_id = 40});
    converse();
    EXPECT_THAT(take_log(), Contains(HasSubstr("published without a confirm, and what followed it, is lost")));
    publish_unconfirmed("good");
    converse();
    EXPECT_EQ(broker.count_heard("channel 3: channel.open"), 1U);
    EXPECT_EQ(broker.count_heard("channel 3: basic.publish"), 1U);
}

TEST_F(UnconfirmedPublish, waits_while_the_broker_is_blocked_and_times_out_meanwhile) {
    connect();
    broker.say(0, amqp::ConnectionBlocked{.reason = "low on memory"});
    converse();
    publish_unconfirmed("patient");
    machine.publish(pending({.message = {"x", "late", std::string_view{"\0\0", 2}, "b"},
                             .confirm = false,
                             .deadline = Deadline::after(now, seconds{1}),
                             .handler = [this](const PublishResult& result) {
                                 outcomes.push_back("late " + std::string{to_string(result.status)});
                             }}));
    converse();
    EXPECT_THAT(take_outcomes(), IsEmpty());
    EXPECT_EQ(machine.next_deadline().at(), now + seconds{1});
    converse_after(seconds{1});
    EXPECT_THAT(take_outcomes(), ElementsAre("late timed out"));
    broker.say(0, amqp::ConnectionUnblocked{});
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("patient sent"));
}

TEST_F(UnconfirmedPublish, stops_and_goes_on_as_channel_flow_says) {
    connect();
    publish_unconfirmed("a");
    converse();
    broker.say(3, amqp::ChannelFlow{.active = false});
    converse();
    publish_unconfirmed("b");
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("a sent"));
    broker.say(3, amqp::ChannelFlow{.active = true});
    converse();
    EXPECT_THAT(take_outcomes(), ElementsAre("b sent"));
}

TEST_F(UnconfirmedPublish, takes_turns_with_those_that_are_confirmed_when_there_is_little_room) {
    auto narrow = options();
    narrow.max_write_size = 1;
    ConnectionMachine other{narrow, log, random};
    FakeBroker other_broker{other};
    other_broker.connect(now);
    other_broker.take_heard();
    for (const bool confirm : {true, true, false, false}) {
        other.publish(pending({.message = {"x", confirm ? "confirmed" : "sent", std::string_view{"\0\0", 2}, "b"},
                               .confirm = confirm,
                               .handler = [](const PublishResult&) {}}));
    }
    for (int write = 0; write < 4; ++write) other_broker.converse(now);
    EXPECT_TRUE(other.is_idle());
    std::string order;
    for (const std::string& line : other_broker.take_heard()) {
        if (line.find("basic.publish") != std::string::npos) order += line.substr(0, 9) == "channel 2" ? 'c' : 's';
    }
    EXPECT_THAT(order, testing::AnyOf("cscs", "scsc"));
}

TEST_F(UnconfirmedPublish, is_answered_at_the_end) {
    publish_unconfirmed("waiting");
    machine.fail_publishes(PublishStatus::connection_lost, "closed");
    EXPECT_THAT(take_outcomes(), ElementsAre("waiting connection lost"));
    EXPECT_TRUE(machine.is_idle());
}

}  // namespace
}  // namespace hiratake::client::core
