#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class ConsumeTest : public testing::Test {
  protected:
    ConsumeTest() { client.declare({}, "q"); }

    void publish(int count) {
        for (int index = 0; index < count; ++index) publisher.publish("", "q", std::to_string(index));
    }
    void prefetch(std::uint16_t count, bool global = false) {
        EXPECT_THAT(client.call(amqp::BasicQos{.prefetch_count = count, .global = global}),
                    ElementsAre("basic.qos-ok"));
    }

    TestBroker broker;
    TestClient client{broker};
    TestClient publisher{broker};
};

TEST_F(ConsumeTest, confirms_before_the_first_delivery) {
    publish(1);
    EXPECT_THAT(client.call(amqp::BasicConsume{.queue = "q", .consumer_tag = "t"}),
                ElementsAre("basic.consume-ok consumer_tag='t'",
                            "basic.deliver consumer_tag='t' delivery_tag=1 redelivered=false exchange='' "
                            "routing_key='q' | '0'"));
}

TEST_F(ConsumeTest, makes_tags_for_those_who_do_not) {
    EXPECT_THAT(client.call(amqp::BasicConsume{.queue = "q"}),
                ElementsAre(StartsWith("basic.consume-ok consumer_tag='amq.ctag-")));
}

TEST_F(ConsumeTest, takes_strict_turns) {
    for (const char* tag : {"a", "b", "c"}) client.consume("q", tag, true);
    publish(9);
    EXPECT_THAT(deliveries(client.received()),
                ElementsAre("a:0", "b:1", "c:2", "a:3", "b:4", "c:5", "a:6", "b:7", "c:8"));
}

TEST_F(ConsumeTest, takes_turns_across_connections) {
    TestClient other{broker};
    client.consume("q", "a", true);
    other.consume("q", "b", true);
    publish(4);
    EXPECT_THAT(deliveries(client.received()), ElementsAre("a:0", "a:2"));
    EXPECT_THAT(deliveries(other.received()), ElementsAre("b:1", "b:3"));
}

TEST_F(ConsumeTest, prefers_the_higher_priority_while_it_has_credit) {
    prefetch(2);
    client.consume("q", "lo");
    client.consume("q", "hi", false, {{"x-priority", 10}});
    publish(5);
    EXPECT_THAT(deliveries(client.received()), ElementsAre("hi:0", "hi:1", "lo:2", "lo:3"));
}

TEST_F(ConsumeTest, refuses_a_priority_that_is_no_number) {
    EXPECT_THAT(client.call(amqp::BasicConsume{.queue = "q", .arguments = {{"x-priority", "high"}}}).front(),
                HasSubstr("invalid arg \\'x-priority\\' for queue \\'q\\' in vhost \\'/\\': \"expected integer, got "
                          "longstr\""));
}

TEST_F(ConsumeTest, prefetch_is_each_later_consumers_own) {
    prefetch(1);
    client.consume("q", "a");
    prefetch(3);
    client.consume("q", "b");
    publish(6);
    EXPECT_THAT(deliveries(client.received()), ElementsAre("a:0", "b:1", "b:2", "b:3"));
    EXPECT_THAT(deliveries(client.call(amqp::BasicAck{.delivery_tag = 1})), ElementsAre("a:4"));
}

TEST_F(ConsumeTest, global_prefetch_is_shared) {
    prefetch(3, true);
    client.consume("q", "a");
    client.consume("q", "b");
    publish(6);
    EXPECT_THAT(deliveries(client.received()), ElementsAre("a:0", "b:1", "a:2"));
    EXPECT_THAT(deliveries(client.call(amqp::BasicAck{.delivery_tag = 2, .multiple = true})),
                ElementsAre("b:3", "a:4"));
    EXPECT_THAT(deliveries(client.call(amqp::BasicQos{.prefetch_count = 4, .global = true})), ElementsAre("b:5"));
}

TEST_F(ConsumeTest, limits_neither_gets_nor_consumers_that_do_not_acknowledge) {
    prefetch(1);
    client.consume("q", "t", true);
    publish(3);
    EXPECT_EQ(deliveries(client.received()).size(), 3U);
    client.call(amqp::BasicCancel{.consumer_tag = "t"});
    publish(2);
    EXPECT_EQ(bodies(client.call(amqp::BasicGet{.queue = "q"})).size(), 1U);
    EXPECT_EQ(bodies(client.call(amqp::BasicGet{.queue = "q"})).size(), 1U);
}

TEST_F(ConsumeTest, cancelling_leaves_what_was_delivered_with_the_channel) {
    publish(2);
    prefetch(1);
    client.consume("q", "t");
    client.received();
    EXPECT_THAT(client.call(amqp::BasicCancel{.consumer_tag = "t"}), ElementsAre("basic.cancel-ok consumer_tag='t'"));
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "q", .passive = true}).front(), HasSubstr("message_count=1"));
    EXPECT_THAT(client.call(amqp::BasicAck{.delivery_tag = 1}), IsEmpty());
    EXPECT_THAT(client.call(amqp::BasicCancel{.consumer_tag = "nope"}),
                ElementsAre("basic.cancel-ok consumer_tag='nope'"));
}

TEST_F(ConsumeTest, a_tag_in_use_ends_the_connection) {
    client.consume("q", "t");
    EXPECT_THAT(client.call(amqp::BasicConsume{.queue = "q", .consumer_tag = "t"}),
                ElementsAre("connection.close reply_code=530 reply_text='NOT_ALLOWED - attempt to reuse consumer tag "
                            "\\'t\\'' class_id=60 method_id=20"));
}

TEST_F(ConsumeTest, exclusive_consumers_are_alone) {
    const auto refused = HasSubstr("ACCESS_REFUSED - queue \\'q\\' in vhost \\'/\\' in exclusive use");
    client.call(amqp::BasicConsume{.queue = "q", .consumer_tag = "t", .exclusive = true});
    EXPECT_THAT(TestClient(broker).call(amqp::BasicConsume{.queue = "q"}).front(), refused);
    client.call(amqp::BasicCancel{.consumer_tag = "t"});
    client.consume("q", "t");
    EXPECT_THAT(TestClient(broker).call(amqp::BasicConsume{.queue = "q", .exclusive = true}).front(), refused);
}

TEST_F(ConsumeTest, one_active_consumer_at_a_time_where_asked) {
    client.declare({{"x-single-active-consumer", true}}, "single");
    client.consume("single", "a");
    client.consume("single", "b");
    for (const char* body : {"1", "2"}) publisher.publish("", "single", body);
    EXPECT_THAT(deliveries(client.received()), ElementsAre("a:1", "a:2"));
    client.call(amqp::BasicCancel{.consumer_tag = "a"});
    EXPECT_THAT(deliveries(publisher.publish("", "single", "3")), IsEmpty());
    EXPECT_THAT(deliveries(client.received()), ElementsAre("b:3"));
    EXPECT_THAT(TestClient(broker).call(amqp::BasicConsume{.queue = "single", .exclusive = true}).front(),
                HasSubstr("in exclusive use"));
}

TEST_F(ConsumeTest, get_says_what_is_left) {
    EXPECT_THAT(client.call(amqp::BasicGet{.queue = "q"}), ElementsAre("basic.get-empty"));
    publish(2);
    EXPECT_THAT(client.call(amqp::BasicGet{.queue = "q"}),
                ElementsAre("basic.get-ok delivery_tag=1 redelivered=false exchange='' routing_key='q' message_count=1 "
                            "| '0'"));
}

TEST_F(ConsumeTest, refuses_what_rabbitmq_does_not_implement) {
    EXPECT_THAT(TestClient(broker).call(amqp::BasicQos{.prefetch_size = 10}).front(),
                HasSubstr("connection.close reply_code=540 reply_text='NOT_IMPLEMENTED - prefetch_size!=0 (10)'"));
    EXPECT_THAT(TestClient(broker).call(amqp::ChannelFlow{.active = false}).front(),
                HasSubstr("NOT_IMPLEMENTED - active=false"));
    EXPECT_THAT(client.call(amqp::ChannelFlow{.active = true}), ElementsAre("channel.flow-ok active=true"));
}

TEST_F(ConsumeTest, cuts_bodies_to_the_frame_size_of_the_consumer) {
    TestClient narrow{broker, {.frame_max = 4096}};
    const std::string body(10000, 'x');
    publisher.publish("", "q", body);
    const Lines lines = narrow.call(amqp::BasicGet{.queue = "q"});
    std::size_t length = 0;
    for (const char character : lines.front()) length += character == 'x';
    EXPECT_EQ(length - 1, body.size());  // "exchange" has one too
}

TEST_F(ConsumeTest, a_message_whose_properties_do_not_fit_ends_that_consumers_connection_alone) {
    TestClient narrow{broker, {.frame_max = 4096}};
    narrow.consume("q", "t");
    publisher.publish("", "q", "m", {.headers = amqp::Table{{"long", std::string(5000, 'x')}}});
    EXPECT_THAT(narrow.received().back(), HasSubstr("connection.close reply_code=506"));
    EXPECT_THAT(bodies(client.call(amqp::BasicGet{.queue = "q"})), ElementsAre("m"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
