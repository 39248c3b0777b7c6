#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SettleTest : public testing::Test {
  protected:
    SettleTest() {
        client.declare({}, "q");
        for (const char* body : {"0", "1", "2"}) client.publish("", "q", body);
    }

    Lines get() { return client.call(amqp::BasicGet{.queue = "q"}); }
    std::string count() { return client.call(amqp::QueueDeclare{.queue = "q", .passive = true}).front(); }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(SettleTest, acknowledges_one_or_all_up_to_one) {
    get();
    get();
    get();
    EXPECT_THAT(client.call(amqp::BasicAck{.delivery_tag = 2, .multiple = true}), IsEmpty());
    EXPECT_THAT(client.call(amqp::BasicAck{.delivery_tag = 3}), IsEmpty());
    client.hang_up();
    TestClient other{broker};
    EXPECT_THAT(other.call(amqp::BasicGet{.queue = "q"}), ElementsAre("basic.get-empty"));
}

TEST_F(SettleTest, refuses_unknown_tags) {
    get();
    client.call(amqp::BasicAck{.delivery_tag = 1});
    EXPECT_THAT(client.call(amqp::BasicAck{.delivery_tag = 1}),
                ElementsAre("channel.close reply_code=406 reply_text='PRECONDITION_FAILED - unknown delivery tag 1' "
                            "class_id=60 method_id=80"));
    EXPECT_THAT(TestClient(broker).call(amqp::BasicAck{.delivery_tag = 0}).front(),
                HasSubstr("unknown delivery tag 0"));
    EXPECT_THAT(TestClient(broker).call(amqp::BasicAck{.delivery_tag = 99, .multiple = true}).front(),
                HasSubstr("unknown delivery tag 99"));
    EXPECT_THAT(TestClient(broker).call(amqp::BasicAck{.delivery_tag = 0, .multiple = true}), IsEmpty());
    EXPECT_THAT(TestClient(broker).call(amqp::BasicNack{.delivery_tag = 9}).front(), HasSubstr("method_id=120"));
    EXPECT_THAT(TestClient(broker).call(amqp::BasicReject{.delivery_tag = 9}).front(), HasSubstr("method_id=90"));
}

TEST_F(SettleTest, requeues_to_the_original_positions) {
    get();
    get();
    get();
    for (const std::uint64_t tag : std::vector<std::uint64_t>{2, 3, 1})
        client.call(amqp::BasicNack{.delivery_tag = tag, .requeue = true});
    for (const char* expected : {"0", "1", "2"}) {
        const Lines lines = get();
        EXPECT_THAT(lines.front(), HasSubstr("redelivered=true"));
        EXPECT_THAT(bodies(lines), ElementsAre(expected));
    }
}

TEST_F(SettleTest, drops_what_is_rejected_without_a_dead_letter_exchange) {
    get();
    client.call(amqp::BasicReject{.delivery_tag = 1, .requeue = false});
    EXPECT_THAT(bodies(get()), ElementsAre("1"));
}

TEST_F(SettleTest, a_lost_connection_gives_back_in_order_and_marks_as_redelivered) {
    TestClient other{broker};
    other.consume("q", "t");
    EXPECT_EQ(other.received().size(), 3U);
    client.publish("", "q", "3");
    other.received();
    other.hang_up();
    Lines seen;
    for (int index = 0; index < 4; ++index) seen.push_back(bodies(get()).front());
    EXPECT_THAT(seen, ElementsAre("0", "1", "2", "3"));
}

TEST_F(SettleTest, recover_answers_first_and_delivers_again_under_new_tags) {
    client.consume("q", "t");
    client.received();
    EXPECT_THAT(
        client.call(amqp::BasicRecover{.requeue = true}),
        ElementsAre("basic.recover-ok",
                    "basic.deliver consumer_tag='t' delivery_tag=4 redelivered=true exchange='' routing_key='q' "
                    "| '0'",
                    HasSubstr("delivery_tag=5 redelivered=true"), HasSubstr("delivery_tag=6 redelivered=true")));
    EXPECT_EQ(deliveries(client.call(amqp::BasicRecoverAsync{.requeue = true})).size(), 3U);
    EXPECT_THAT(client.call(amqp::BasicRecover{.requeue = false}).front(),
                HasSubstr("connection.close reply_code=540 reply_text='NOT_IMPLEMENTED - requeue=false'"));
}

TEST_F(SettleTest, a_rejecting_consumer_sees_each_message_once_in_a_pass) {
    client.call(amqp::BasicQos{.prefetch_count = 1});
    client.consume("q", "t");
    client.received();
    for (std::uint64_t tag = 1; tag <= 50; ++tag) {
        EXPECT_THAT(deliveries(client.call(amqp::BasicNack{.delivery_tag = tag, .requeue = true})), ElementsAre("t:0"));
    }
}

TEST_F(SettleTest, quorum_queues_count_deliveries_and_give_up_at_the_limit) {
    client.call(amqp::QueueDeclare{
        .queue = "quorum", .durable = true, .arguments = {{"x-queue-type", "quorum"}, {"x-delivery-limit", 2}}});
    client.publish("", "quorum", "m");
    client.call(amqp::BasicGet{.queue = "quorum"});
    client.call(amqp::BasicNack{.delivery_tag = 1, .requeue = true});
    EXPECT_THAT(client.call(amqp::BasicGet{.queue = "quorum"}).front(), HasSubstr("x-delivery-count: 1"));
    client.call(amqp::BasicNack{.delivery_tag = 2, .requeue = true});
    EXPECT_THAT(client.call(amqp::BasicGet{.queue = "quorum"}).front(), HasSubstr("x-delivery-count: 2"));
    client.call(amqp::BasicNack{.delivery_tag = 3, .requeue = true});
    EXPECT_THAT(client.call(amqp::BasicGet{.queue = "quorum"}), ElementsAre("basic.get-empty"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
