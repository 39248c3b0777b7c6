#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* locked =
    "channel.close reply_code=405 reply_text='RESOURCE_LOCKED - cannot obtain exclusive access to locked queue \\'q\\' "
    "in "
    "vhost \\'/\\'. It could be originally declared on another connection or the exclusive property value does not "
    "match "
    "that of the original declaration.'";

class QueueTest : public testing::Test {
  protected:
    /// On a connection of its own, because errors close channels.
    Lines elsewhere(const amqp::QueueDeclare& method) {
        TestClient other{broker};
        return other.call(method);
    }
    bool exists(std::string_view queue) {
        return elsewhere({.queue = queue, .passive = true}).front().starts_with("queue.declare-ok");
    }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(QueueTest, names_queues_for_those_who_do_not) {
    const std::string first = client.declare();
    const std::string second = client.declare();
    EXPECT_THAT(first, StartsWith("amq.gen-"));
    EXPECT_EQ(first.size(), 30U);
    EXPECT_NE(first, second);
}

TEST_F(QueueTest, counts_ready_messages_and_consumers) {
    client.declare({}, "q");
    client.publish("", "q", "1");
    client.publish("", "q", "2");
    client.call(amqp::BasicGet{.queue = "q"});
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "q", .passive = true}),
                ElementsAre("queue.declare-ok queue='q' message_count=1 consumer_count=0"));
    client.call(amqp::BasicConsume{.queue = "q"});
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "q", .passive = true}),
                ElementsAre("queue.declare-ok queue='q' message_count=0 consumer_count=1"));
}

TEST_F(QueueTest, guards_reserved_names_and_demands_what_is_missing) {
    EXPECT_THAT(elsewhere({.queue = "amq.nope"}).front(),
                HasSubstr("ACCESS_REFUSED - queue name \\'amq.nope\\' contains reserved prefix \\'amq.*\\'"));
    EXPECT_THAT(elsewhere({.queue = "nope", .passive = true}).front(),
                HasSubstr("NOT_FOUND - no queue \\'nope\\' in vhost \\'/\\'"));
    EXPECT_THAT(elsewhere({.queue = "", .passive = true}).front(), HasSubstr("no queue \\'\\' in vhost"));
}

TEST_F(QueueTest, redeclaring_compares_flags_and_known_arguments) {
    client.declare({{"x-message-ttl", 1000}}, "q");
    const auto redeclared = [this](amqp::QueueDeclare method) {
        method.queue = "q";
        return elsewhere(method).front();
    };
    const amqp::Table same{{"x-message-ttl", std::int64_t{1000}}, {"foo", "bar"}};
    EXPECT_THAT(redeclared({.arguments = same}), StartsWith("queue.declare-ok"));
    EXPECT_THAT(redeclared({.passive = true, .durable = true}), StartsWith("queue.declare-ok"));
    EXPECT_THAT(redeclared({.durable = true, .arguments = same}),
                HasSubstr("inequivalent arg \\'durable\\' for queue \\'q\\' in vhost \\'/\\': received \\'true\\' but "
                          "current is \\'false\\'"));
    EXPECT_THAT(redeclared({.auto_delete = true, .arguments = same}), HasSubstr("arg \\'auto_delete\\'"));
    EXPECT_THAT(redeclared({}), HasSubstr("received none but current is the value \\'1000\\' of type \\'signedint\\'"));
    EXPECT_THAT(redeclared({.arguments = {{"x-message-ttl", 2000}}}),
                HasSubstr("received \\'2000\\' but current is \\'1000\\'"));
    EXPECT_THAT(redeclared({.arguments = {{"x-message-ttl", 1000.0}}}), HasSubstr("406"));
    EXPECT_THAT(redeclared({.arguments = {{"x-message-ttl", 1000}, {"x-expires", 5}}}),
                HasSubstr("received the value \\'5\\' of type \\'signedint\\' but current is none"));
    EXPECT_THAT(redeclared({.exclusive = true, .arguments = same}), StartsWith(locked));
}

TEST_F(QueueTest, refuses_argument_values_in_rabbitmqs_words) {
    struct Case {
        const char* argument;
        amqp::FieldValue value;
        const char* why;
    };
    const Case cases[] = {
        {"x-message-ttl", -1, "{value_negative,-1}"},
        {"x-message-ttl", "10", "\"expected integer, got longstr\""},
        {"x-message-ttl", std::int64_t{1} << 40, "{value_too_large,1099511627776}"},
        {"x-expires", 0, "{value_zero,0}"},
        {"x-max-length", -1, "{value_negative,-1}"},
        {"x-max-length-bytes", "x", "\"expected integer, got longstr\""},
        {"x-overflow", "nope", "invalid_overflow"},
        {"x-dead-letter-routing-key", "k", "routing_key_but_no_dlx_defined"},
        {"x-max-priority", 256, "{max_value_exceeded,256}"},
        {"x-single-active-consumer", 1, "{unacceptable_type,signedint}"},
        {"x-queue-mode", "nope", "\"unsupported queue mode \\'nope\\'\""},
        {"x-queue-type", "stream", "\"unsupported queue type \\'stream\\'\""},
    };
    for (const Case& each : cases) {
        const std::string expected = std::string{"PRECONDITION_FAILED - invalid arg \\'"} + each.argument +
                                     "\\' for queue \\'bad\\' in vhost \\'/\\': " + each.why + "'";
        EXPECT_THAT(elsewhere({.queue = "bad", .arguments = {{each.argument, each.value}}}).front(),
                    HasSubstr(expected));
    }
    const std::string too_long(256, 'k');
    EXPECT_THAT(elsewhere({.queue = "bad", .arguments = {{"x-dead-letter-exchange", too_long}}}).front(),
                HasSubstr("\"longer than 255 bytes\""));
    EXPECT_THAT(elsewhere({.queue = "bad", .arguments = {{"x-dead-letter-exchange", 5}}}).front(),
                HasSubstr("invalid type \\'signedint\\' for arg \\'x-dead-letter-exchange\\' in queue \\'bad\\'"));
    EXPECT_THAT(elsewhere({.queue = "bad", .arguments = {{"x-queue-leader-locator", "client-local"}}}).front(),
                HasSubstr("of queue type rabbit_classic_queue"));
}

TEST_F(QueueTest, takes_quorum_queues_for_durable_ones) {
    const amqp::Table quorum{{"x-queue-type", "quorum"}};
    EXPECT_THAT(elsewhere({.queue = "q", .arguments = quorum}).front(),
                HasSubstr("invalid property \\'non-durable\\' for queue \\'q\\' in vhost \\'/\\'"));
    EXPECT_THAT(elsewhere({.queue = "q", .durable = true, .exclusive = true, .arguments = quorum}).front(),
                HasSubstr("invalid property \\'exclusive-owner\\'"));
    EXPECT_THAT(elsewhere({.queue = "q", .durable = true, .arguments = quorum}).front(),
                StartsWith("queue.declare-ok"));
}

TEST_F(QueueTest, exclusive_queues_are_their_connections_alone) {
    client.call(amqp::QueueDeclare{.queue = "q", .exclusive = true});
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "q", .durable = true, .exclusive = true}).front(),
                StartsWith("queue.declare-ok"));
    const auto refused = [this](const auto& method) {
        TestClient other{broker};
        EXPECT_THAT(other.call(method), ElementsAre(StartsWith(locked)));
    };
    refused(amqp::QueueDeclare{.queue = "q", .passive = true});
    refused(amqp::QueueDeclare{.queue = "q", .exclusive = true});
    refused(amqp::BasicConsume{.queue = "q"});
    refused(amqp::BasicGet{.queue = "q"});
    refused(amqp::QueueDelete{.queue = "q"});
    refused(amqp::QueuePurge{.queue = "q"});
    refused(amqp::QueueBind{.queue = "q", .exchange = "amq.direct", .routing_key = "k"});
}

TEST_F(QueueTest, exclusive_queues_are_gone_when_their_connection_is) {
    client.call(amqp::QueueDeclare{.queue = "q", .exclusive = true});
    client.hang_up();
    EXPECT_FALSE(exists("q"));
    TestClient closing{broker};
    closing.call(amqp::QueueDeclare{.queue = "q", .exclusive = true});
    closing.call(amqp::ConnectionClose{}, 0);
    EXPECT_FALSE(exists("q"));
}

TEST_F(QueueTest, auto_delete_follows_the_last_consumer_but_no_get) {
    client.call(amqp::QueueDeclare{.queue = "q", .auto_delete = true});
    client.publish("", "q", "m");
    client.call(amqp::BasicGet{.queue = "q", .no_ack = true});
    EXPECT_TRUE(exists("q"));
    client.consume("q", "a");
    client.consume("q", "b");
    client.call(amqp::BasicCancel{.consumer_tag = "a"});
    EXPECT_TRUE(exists("q"));
    client.call(amqp::BasicCancel{.consumer_tag = "b"});
    EXPECT_FALSE(exists("q"));
}

TEST_F(QueueTest, auto_delete_waits_for_the_requeue_of_a_closing_channel) {
    client.call(amqp::QueueDeclare{.queue = "dead"});
    client.call(amqp::QueueDeclare{.queue = "q", .auto_delete = true});
    client.publish("", "q", "m");
    client.consume("q", "a");
    TestClient other{broker};
    other.consume("q", "b");
    client.hang_up();
    EXPECT_THAT(deliveries(other.received()), ElementsAre("b:m"));
    other.hang_up();
    EXPECT_FALSE(exists("q"));
}

TEST_F(QueueTest, purge_and_delete_count_ready_messages) {
    client.declare({}, "q");
    for (const char* body : {"1", "2", "3"}) client.publish("", "q", body);
    client.call(amqp::BasicGet{.queue = "q"});
    EXPECT_THAT(client.call(amqp::QueuePurge{.queue = "q"}), ElementsAre("queue.purge-ok message_count=2"));
    client.publish("", "q", "4");
    EXPECT_THAT(client.call(amqp::QueueDelete{.queue = "q"}), ElementsAre("queue.delete-ok message_count=1"));
    EXPECT_THAT(client.call(amqp::BasicAck{.delivery_tag = 1}), IsEmpty());
    EXPECT_THAT(client.call(amqp::QueueDelete{.queue = "q"}), ElementsAre("queue.delete-ok message_count=0"));
}

TEST_F(QueueTest, delete_honours_its_conditions) {
    client.declare({}, "q");
    client.publish("", "q", "m");
    TestClient other{broker};
    EXPECT_THAT(other.call(amqp::QueueDelete{.queue = "q", .if_empty = true}).front(),
                HasSubstr("queue \\'q\\' in vhost \\'/\\' not empty"));
    client.consume("q", "t", true);
    TestClient third{broker};
    EXPECT_THAT(third.call(amqp::QueueDelete{.queue = "q", .if_unused = true}).front(),
                HasSubstr("queue \\'q\\' in vhost \\'/\\' in use"));
}

TEST_F(QueueTest, tells_consumers_of_a_deleted_queue_when_they_understand) {
    client.declare({}, "q");
    TestClient plain{broker, {.capabilities = {}}};
    plain.consume("q", "plain");
    client.consume("q", "t");
    EXPECT_THAT(client.call(amqp::QueueDelete{.queue = "q"}),
                ElementsAre("queue.delete-ok message_count=0", "basic.cancel consumer_tag='t' no_wait=true"));
    EXPECT_THAT(plain.received(), IsEmpty());
    EXPECT_THAT(plain.call(amqp::BasicCancel{.consumer_tag = "plain"}),
                ElementsAre("basic.cancel-ok consumer_tag='plain'"));
}

TEST_F(QueueTest, an_empty_name_means_the_one_declared_last) {
    EXPECT_THAT(TestClient(broker).call(amqp::BasicGet{}).front(),
                HasSubstr("NOT_FOUND - no previously declared queue"));
    client.declare({}, "q");
    client.call(amqp::QueueBind{.exchange = "amq.direct"});
    client.publish("amq.direct", "q", "m");
    EXPECT_THAT(bodies(client.call(amqp::BasicGet{.no_ack = true})), ElementsAre("m"));
    client.call(amqp::QueueDelete{});
    EXPECT_THAT(client.call(amqp::QueuePurge{}).front(), HasSubstr("no previously declared queue"));
}

TEST_F(QueueTest, says_nothing_when_asked_not_to) {
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "q", .no_wait = true}), IsEmpty());
    EXPECT_THAT(client.call(amqp::QueueBind{.queue = "q", .exchange = "amq.direct", .no_wait = true}), IsEmpty());
    EXPECT_THAT(client.call(amqp::QueuePurge{.queue = "q", .no_wait = true}), IsEmpty());
    EXPECT_THAT(client.call(amqp::QueueDelete{.queue = "q", .no_wait = true}), IsEmpty());
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "amq.no", .no_wait = true}).front(), HasSubstr("403"));
}

TEST_F(QueueTest, binding_demands_both_ends_and_unbinding_none) {
    client.declare({}, "q");
    EXPECT_THAT(client.call(amqp::QueueUnbind{.queue = "nope", .exchange = "amq.direct", .routing_key = "k"}),
                ElementsAre("queue.unbind-ok"));
    EXPECT_THAT(client.call(amqp::QueueUnbind{.queue = "q", .exchange = "nope", .routing_key = "k"}),
                ElementsAre("queue.unbind-ok"));
    EXPECT_THAT(TestClient(broker).call(amqp::QueueBind{.queue = "q", .exchange = "nope", .routing_key = "k"}).front(),
                HasSubstr("no exchange \\'nope\\' in vhost \\'/\\'"));
    EXPECT_THAT(TestClient(broker).call(amqp::QueueBind{.queue = "no", .exchange = "amq.topic"}).front(),
                HasSubstr("no queue \\'no\\' in vhost \\'/\\'"));
    EXPECT_THAT(client.call(amqp::QueueBind{.queue = "q", .exchange = "", .routing_key = "k"}).front(),
                HasSubstr("operation not permitted on the default exchange"));
}

TEST_F(QueueTest, expires_without_use) {
    client.declare({{"x-expires", 100}}, "q");
    broker.pass(milliseconds{99});
    EXPECT_TRUE(exists("q"));  // which is a use
    broker.pass(milliseconds{99});
    client.call(amqp::BasicGet{.queue = "q"});
    broker.pass(milliseconds{99});
    client.consume("q", "t");
    broker.pass(milliseconds{1000});
    client.call(amqp::BasicCancel{.consumer_tag = "t"});
    broker.pass(milliseconds{99});
    EXPECT_TRUE(exists("q"));
    broker.pass(milliseconds{100});
    EXPECT_FALSE(exists("q"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
