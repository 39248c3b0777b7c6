#include "unit/client/support/connection_fixture.hpp"

namespace hiratake::client::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ConnectionConsume : public ConnectionFixture {
  protected:
    using ConnectionFixture::ConnectionFixture;

    void SetUp() override {
        ASSERT_EQ(machine.add_consumer({.queue = "q", .prefetch_count = 4, .consumer_tag = "tag"}), 4);
        broker.connect(now);
        broker.take_heard();
        take_consumer_changes();
    }
    IncomingDeliveryPointer receive_one(std::uint64_t delivery_tag = 1) {
        deliver(4, delivery_tag, "hello");
        converse();
        auto deliveries = take_deliveries();
        EXPECT_EQ(deliveries.size(), 1U);
        return std::move(deliveries.at(0));
    }
};

TEST_F(ConnectionConsume, hands_out_deliveries) {
    deliver(4, 1, "hello");
    deliver(4, 2, "");
    converse();
    const auto deliveries = take_deliveries();
    ASSERT_EQ(deliveries.size(), 2U);
    EXPECT_EQ(deliveries[0]->body(), "hello");
    EXPECT_EQ(deliveries[0]->exchange(), "x");
    EXPECT_EQ(deliveries[0]->routing_key(), "key");
    EXPECT_EQ(deliveries[0]->encoded_properties(), (std::string_view{"\0\0", 2}));
    EXPECT_TRUE(deliveries[0]->redelivered);
    EXPECT_EQ(deliveries[1]->body(), "");
    EXPECT_FALSE(deliveries[1]->redelivered);
    EXPECT_EQ(deliveries[1]->key.delivery_tag, 2U);
}

TEST_F(ConnectionConsume, joins_a_body_of_many_frames) {
    const std::string body(10'000, 'z');
    deliver(4, 1, body, 4096);
    converse();
    EXPECT_EQ(take_deliveries().at(0)->body(), body);
}

TEST_F(ConnectionConsume, settles_deliveries) {
    const auto first = receive_one(1);
    const auto second = receive_one(2);
    const auto third = receive_one(3);
    machine.settle(first->key, Settlement::ack);
    machine.settle(second->key, Settlement::requeue);
    machine.settle(third->key, Settlement::discard);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: basic.reject delivery_tag=2 requeue=true",
                                                 "channel 4: basic.reject delivery_tag=3 requeue=false",
                                                 "channel 4: basic.ack delivery_tag=1 multiple=false"));
}

TEST_F(ConnectionConsume, acknowledges_together_what_is_acknowledged_before_it_writes) {
    const auto first = receive_one(1);
    const auto second = receive_one(2);
    const auto third = receive_one(3);
    const auto fourth = receive_one(4);
    machine.settle(second->key, Settlement::ack);
    machine.settle(first->key, Settlement::ack);
    machine.settle(fourth->key, Settlement::ack);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: basic.ack delivery_tag=2 multiple=true",
                                                 "channel 4: basic.ack delivery_tag=4 multiple=false"));
    machine.settle(third->key, Settlement::ack);
    machine.settle(third->key, Settlement::ack);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: basic.ack delivery_tag=3 multiple=false"));
}

class DelayedAcknowledgement : public ConnectionConsume {
  protected:
    static constexpr Duration delay = std::chrono::milliseconds{10};

    DelayedAcknowledgement() : ConnectionConsume(delay) {}

    void acknowledge(const IncomingDeliveryPointer& delivery) {
        machine.settle(delivery->key, Settlement::ack);
        converse();
    }
};

TEST_F(DelayedAcknowledgement, leaves_when_its_time_has_come) {
    acknowledge(receive_one(1));
    EXPECT_THAT(broker.take_heard(), IsEmpty());
    EXPECT_EQ(machine.next_deadline(), Deadline{now + delay});
    converse_after(delay);
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: basic.ack delivery_tag=1 multiple=false"));
    EXPECT_GT(machine.next_deadline().at(), now + delay);
}

TEST_F(DelayedAcknowledgement, leaves_with_what_is_written_before) {
    acknowledge(receive_one(1));
    publish("key");
    converse();
    EXPECT_EQ(broker.count_heard("basic.publish"), 1U);
    EXPECT_EQ(broker.count_heard("basic.ack"), 1U);
}

TEST_F(DelayedAcknowledgement, leaves_at_once_when_half_of_the_prefetch_is_used_up) {
    const auto first = receive_one(1);
    const auto second = receive_one(2);
    acknowledge(first);
    EXPECT_THAT(broker.take_heard(), IsEmpty());
    acknowledge(second);
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: basic.ack delivery_tag=2 multiple=true"));
}

TEST_F(DelayedAcknowledgement, leaves_before_the_connection_is_closed) {
    acknowledge(receive_one(1));
    machine.close(now);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre(HasSubstr("basic.ack"), HasSubstr("connection.close")));
}

TEST_F(DelayedAcknowledgement, is_forgotten_with_the_connection) {
    acknowledge(receive_one(1));
    machine.disconnected();
    broker.connect(now);
    converse_after(delay);
    EXPECT_EQ(broker.count_heard("basic.ack"), 0U);
}

TEST_F(ConnectionConsume, acknowledges_before_it_closes_the_connection) {
    const auto delivery = receive_one();
    machine.settle(delivery->key, Settlement::ack);
    machine.close(now);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre(HasSubstr("basic.ack"), HasSubstr("connection.close")));
}

TEST_F(ConnectionConsume, does_not_settle_deliveries_of_a_lost_connection) {
    const auto delivery = receive_one();
    machine.disconnected();
    machine.settle(delivery->key, Settlement::ack);
    broker.connect(now);
    receive_one();
    machine.settle(delivery->key, Settlement::ack);
    converse();
    EXPECT_EQ(broker.count_heard("basic.ack"), 0U);
}

TEST_F(ConnectionConsume, does_not_settle_deliveries_of_a_closed_channel) {
    const auto delivery = receive_one();
    broker.say(4, amqp::ChannelClose{.reply_code = 406, .reply_text = "PRECONDITION_FAILED - delivery ack timed out"});
    converse();
    machine.settle(delivery->key, Settlement::ack);
    converse_after(std::chrono::seconds{1});
    EXPECT_EQ(broker.count_heard("basic.consume"), 1U);
    machine.settle(delivery->key, Settlement::ack);
    converse();
    EXPECT_EQ(broker.count_heard("basic.ack"), 0U);
    EXPECT_THAT(log_lines, testing::Contains(HasSubstr("closed the channel of the consumer of queue 'q' (406")));
}

TEST_F(ConnectionConsume, never_takes_an_old_delivery_for_one_of_a_consumer_that_came_after) {
    const auto old = receive_one();
    machine.disconnected();
    machine.cancel_consumer(4);
    broker.connect(now);
    machine.disconnected();
    ASSERT_EQ(machine.add_consumer({.queue = "other", .consumer_tag = "tag"}), 4);
    broker.connect(now);
    receive_one();
    machine.settle(old->key, Settlement::ack);
    converse();
    EXPECT_EQ(broker.count_heard("basic.ack"), 0U);
}

TEST_F(ConnectionConsume, cancels_and_still_settles_what_was_delivered) {
    const auto delivery = receive_one();
    machine.cancel_consumer(4);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: basic.cancel consumer_tag='tag' no_wait=false"));
    EXPECT_THAT(take_consumer_changes(), ElementsAre(ConsumerChange{4, ConsumerState::ended}));
    machine.settle(delivery->key, Settlement::ack);
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre(HasSubstr("basic.ack"), HasSubstr("channel 4: channel.close")));
    EXPECT_EQ(machine.add_consumer({.queue = "next", .consumer_tag = "next"}), 4);
}

TEST_F(ConnectionConsume, hands_out_what_was_on_its_way_when_it_was_cancelled) {
    broker.silent_on = {"basic.cancel"};
    machine.cancel_consumer(4);
    converse();
    receive_one();
    EXPECT_THAT(take_consumer_changes(), IsEmpty());
    broker.say(4, amqp::BasicCancelOk{.consumer_tag = "tag"});
    converse();
    EXPECT_THAT(take_consumer_changes(), ElementsAre(ConsumerChange{4, ConsumerState::ended}));
}

TEST_F(ConnectionConsume, ends_a_cancelled_consumer_with_its_connection) {
    broker.silent_on = {"basic.cancel"};
    machine.cancel_consumer(4);
    converse();
    machine.disconnected();
    EXPECT_THAT(take_consumer_changes(), ElementsAre(ConsumerChange{4, ConsumerState::ended}));
    broker.take_heard();
    broker.connect(now);
    EXPECT_EQ(broker.count_heard("basic.consume"), 0U);
}

TEST_F(ConnectionConsume, ends_at_once_when_cancelled_without_a_connection) {
    machine.disconnected();
    take_consumer_changes();
    machine.cancel_consumer(4);
    EXPECT_THAT(take_consumer_changes(), ElementsAre(ConsumerChange{4, ConsumerState::ended}));
    broker.connect(now);
    EXPECT_EQ(broker.count_heard("basic.consume"), 0U);
}

TEST_F(ConnectionConsume, keeps_no_account_of_deliveries_that_need_no_answer) {
    ASSERT_EQ(machine.add_consumer({.queue = "fast", .consumer_tag = "fast", .no_ack = true}), 5);
    converse();
    EXPECT_EQ(broker.count_heard("channel 5: basic.qos"), 0U);
    deliver(5, 1, "hello");
    converse();
    const auto deliveries = take_deliveries();
    ASSERT_EQ(deliveries.size(), 1U);
    machine.settle(deliveries[0]->key, Settlement::ack);
    converse();
    EXPECT_EQ(broker.count_heard("basic.ack"), 0U);
}

TEST_F(ConnectionConsume, gives_up_on_content_out_of_order) {
    broker.say(4, amqp::BasicDeliver{.consumer_tag = "tag", .delivery_tag = 1});
    broker.say(4, amqp::BasicDeliver{.consumer_tag = "tag", .delivery_tag = 2});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_THAT(machine.failure()->text, HasSubstr("consumer of queue 'q'"));
}

TEST_F(ConnectionConsume, answers_channel_flow) {
    broker.say(4, amqp::ChannelFlow{.active = false});
    converse();
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 4: channel.flow-ok active=false"));
}

}  // namespace
}  // namespace hiratake::client::core
