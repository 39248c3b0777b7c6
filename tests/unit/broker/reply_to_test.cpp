#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view pseudo_queue = "amq.rabbitmq.reply-to";

class ReplyToTest : public testing::Test {
  protected:
    ReplyToTest() { server.declare({}, "requests"); }

    /// The reply_to that the server sees of a request.
    std::string request() {
        client.publish("", "requests", "request", {.reply_to = pseudo_queue});
        const std::string line = server.call(amqp::BasicGet{.queue = "requests", .no_ack = true}).front();
        const std::size_t start = line.find("reply_to='") + 10;
        return line.substr(start, line.find('\'', start) - start);
    }

    TestBroker broker;
    TestClient client{broker};
    TestClient server{broker};
};

TEST_F(ReplyToTest, brings_replies_to_the_requesters_channel) {
    EXPECT_THAT(client.call(amqp::BasicConsume{.queue = pseudo_queue, .consumer_tag = "r", .no_ack = true}),
                ElementsAre("basic.consume-ok consumer_tag='r'"));
    const std::string reply_to = request();
    EXPECT_THAT(reply_to, testing::StartsWith("amq.rabbitmq.reply-to."));
    EXPECT_THAT(server.publish("", reply_to, "reply", {}, true), IsEmpty());
    EXPECT_THAT(client.received(), ElementsAre("basic.deliver consumer_tag='r' delivery_tag=1 redelivered=false "
                                               "exchange='' routing_key='" +
                                               reply_to + "' | 'reply'"));
    EXPECT_THAT(server.call(amqp::QueueDeclare{.queue = reply_to, .passive = true}),
                ElementsAre("queue.declare-ok queue='" + reply_to + "' message_count=0 consumer_count=1"));
}

TEST_F(ReplyToTest, ends_with_the_channel) {
    client.consume(pseudo_queue, "r", true);
    const std::string reply_to = request();
    client.call(amqp::ChannelClose{});
    EXPECT_THAT(server.publish("", reply_to, "reply", {}, true), ElementsAre(HasSubstr("basic.return reply_code=312")));
    EXPECT_THAT(server.call(amqp::QueueDeclare{.queue = reply_to, .passive = true}).front(), HasSubstr("404"));
}

TEST_F(ReplyToTest, has_one_consumer_that_does_not_acknowledge) {
    EXPECT_THAT(TestClient(broker).call(amqp::BasicConsume{.queue = pseudo_queue}).front(),
                HasSubstr("reply consumer cannot acknowledge"));
    client.consume(pseudo_queue, "r", true);
    client.call(amqp::BasicCancel{.consumer_tag = "r"});
    client.consume(pseudo_queue, "r", true);
    EXPECT_THAT(client.call(amqp::BasicConsume{.queue = pseudo_queue, .no_ack = true}).front(),
                HasSubstr("reply consumer already set"));
}

TEST_F(ReplyToTest, demands_the_consumer_before_the_request) {
    EXPECT_THAT(client.publish("", "requests", "m", {.reply_to = pseudo_queue}).front(),
                HasSubstr("PRECONDITION_FAILED - fast reply consumer does not exist"));
}

TEST_F(ReplyToTest, can_be_declared) {
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = pseudo_queue}),
                ElementsAre("queue.declare-ok queue='amq.rabbitmq.reply-to' message_count=0 consumer_count=1"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
