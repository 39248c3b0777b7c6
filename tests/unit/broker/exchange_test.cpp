#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class ExchangeTest : public testing::Test {
  protected:
    void declare_exchange(std::string_view name, std::string_view type, bool auto_delete = false,
                          amqp::Table arguments = {}) {
        ASSERT_THAT(client.call(amqp::ExchangeDeclare{
                        .exchange = name, .type = type, .auto_delete = auto_delete, .arguments = std::move(arguments)}),
                    ElementsAre("exchange.declare-ok"));
    }
    void bind(std::string_view queue, std::string_view exchange, std::string_view key, amqp::Table arguments = {}) {
        ASSERT_THAT(client.call(amqp::QueueBind{
                        .queue = queue, .exchange = exchange, .routing_key = key, .arguments = std::move(arguments)}),
                    ElementsAre("queue.bind-ok"));
    }
    void bind_exchanges(std::string_view source, std::string_view destination, std::string_view key) {
        ASSERT_THAT(client.call(amqp::ExchangeBind{.destination = destination, .source = source, .routing_key = key}),
                    ElementsAre("exchange.bind-ok"));
    }
    /// Bodies in the queue, which is emptied.
    Lines content(std::string_view queue) {
        Lines found;
        for (;;) {
            const Lines lines = client.call(amqp::BasicGet{.queue = queue, .no_ack = true});
            if (lines.front() == "basic.get-empty") return found;
            found.push_back(bodies(lines).front());
        }
    }
    Lines on_another_channel(const amqp::ExchangeDeclare& method) {
        TestClient other{broker};
        return other.call(method);
    }
    bool exists(std::string_view exchange) {
        return on_another_channel({.exchange = exchange, .passive = true}).front() == "exchange.declare-ok";
    }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(ExchangeTest, the_default_one_routes_by_queue_name) {
    client.declare({}, "q");
    client.publish("", "q", "yes");
    client.publish("", "other", "no");
    EXPECT_THAT(content("q"), ElementsAre("yes"));
}

TEST_F(ExchangeTest, direct_routes_by_equal_key_and_unbind_undoes_it) {
    client.declare({}, "q");
    bind("q", "amq.direct", "k");
    bind("q", "amq.direct", "k");
    client.publish("amq.direct", "k", "1");
    client.publish("amq.direct", "K", "2");
    client.call(amqp::QueueUnbind{.queue = "q", .exchange = "amq.direct", .routing_key = "k"});
    client.publish("amq.direct", "k", "3");
    EXPECT_THAT(content("q"), ElementsAre("1"));
}

TEST_F(ExchangeTest, fanout_routes_to_all_once) {
    client.declare({}, "a");
    client.declare({}, "b");
    bind("a", "amq.fanout", "x");
    bind("a", "amq.fanout", "y");
    bind("b", "amq.fanout", "");
    client.publish("amq.fanout", "whatever", "m");
    EXPECT_THAT(content("a"), ElementsAre("m"));
    EXPECT_THAT(content("b"), ElementsAre("m"));
}

TEST_F(ExchangeTest, topic_routes_once_however_many_bindings_match) {
    client.declare({}, "q");
    bind("q", "amq.topic", "a.*");
    bind("q", "amq.topic", "#");
    client.publish("amq.topic", "a.b", "m");
    EXPECT_THAT(content("q"), ElementsAre("m"));
}

TEST_F(ExchangeTest, headers_route_by_the_message_headers) {
    client.declare({}, "all");
    client.declare({}, "any");
    bind("all", "amq.headers", "", {{"x-match", "all"}, {"a", 1}, {"b", 2}});
    bind("any", "amq.match", "", {{"x-match", "any"}, {"a", 1}, {"b", 2}});
    for (const char* exchange : {"amq.headers", "amq.match"}) {
        client.publish(exchange, "", "both", {.headers = amqp::Table{{"a", 1}, {"b", 2}}});
        client.publish(exchange, "", "one", {.headers = amqp::Table{{"b", 2}}});
        client.publish(exchange, "", "none");
    }
    EXPECT_THAT(content("all"), ElementsAre("both"));
    EXPECT_THAT(content("any"), ElementsAre("both", "one"));
}

TEST_F(ExchangeTest, refuses_a_bad_x_match) {
    client.declare({}, "q");
    EXPECT_THAT(
        client.call(amqp::QueueBind{.queue = "q", .exchange = "amq.headers", .arguments = {{"x-match", "sometimes"}}}),
        ElementsAre("channel.close reply_code=406 reply_text='PRECONDITION_FAILED - Invalid x-match field value "
                    "<<\"sometimes\">>; expected all, any, all-with-x, or any-with-x' class_id=50 "
                    "method_id=20"));
}

TEST_F(ExchangeTest, exchanges_can_be_bound_in_circles) {
    declare_exchange("x", "fanout");
    declare_exchange("y", "fanout");
    bind_exchanges("x", "y", "");
    bind_exchanges("y", "x", "");
    bind_exchanges("x", "x", "");
    client.declare({}, "q");
    bind("q", "x", "");
    bind("q", "y", "");
    client.publish("x", "", "m");
    EXPECT_THAT(content("q"), ElementsAre("m"));
    client.call(amqp::ExchangeDelete{.exchange = "x"});
    client.publish("y", "", "n");
    EXPECT_THAT(content("q"), ElementsAre("n"));
}

TEST_F(ExchangeTest, an_alternate_exchange_takes_what_matches_nothing_before_it_counts_as_unroutable) {
    declare_exchange("spare", "fanout", false, {{"alternate-exchange", "main"}});
    declare_exchange("main", "direct", false, {{"alternate-exchange", "spare"}});
    client.declare({}, "q");
    EXPECT_THAT(client.publish("main", "k", "lost", {}, true), ElementsAre(HasSubstr("basic.return reply_code=312")));
    bind("q", "spare", "");
    EXPECT_THAT(client.publish("main", "k", "caught", {}, true), IsEmpty());
    EXPECT_THAT(content("q"), ElementsAre("caught"));
}

TEST_F(ExchangeTest, auto_delete_goes_with_the_last_binding_from_it) {
    declare_exchange("x", "direct", true);
    EXPECT_TRUE(exists("x"));
    client.declare({}, "q");
    bind("q", "x", "a");
    bind("q", "x", "b");
    client.call(amqp::QueueUnbind{.queue = "q", .exchange = "x", .routing_key = "a"});
    EXPECT_TRUE(exists("x"));
    client.call(amqp::QueueDelete{.queue = "q"});
    EXPECT_FALSE(exists("x"));
}

TEST_F(ExchangeTest, auto_delete_follows_a_chain_of_exchanges) {
    declare_exchange("first", "fanout", true);
    declare_exchange("second", "fanout", true);
    bind_exchanges("first", "second", "");
    client.declare({}, "q");
    bind("q", "second", "");
    client.call(amqp::QueueDelete{.queue = "q"});
    EXPECT_FALSE(exists("second"));
    EXPECT_FALSE(exists("first"));
}

TEST_F(ExchangeTest, redeclaring_compares_what_the_broker_knows) {
    declare_exchange("x", "direct");
    const auto refused = [this](const amqp::ExchangeDeclare& method) { return on_another_channel(method).front(); };
    const std::string subject = "for exchange \\'x\\' in vhost \\'/\\': received ";
    EXPECT_THAT(refused({.exchange = "x", .type = "fanout"}),
                HasSubstr("inequivalent arg \\'type\\' " + subject + "\\'fanout\\' but current is \\'direct\\'"));
    EXPECT_THAT(refused({.exchange = "x", .durable = true}),
                HasSubstr("inequivalent arg \\'durable\\' " + subject + "\\'true\\' but current is \\'false\\'"));
    EXPECT_THAT(refused({.exchange = "x", .auto_delete = true}), HasSubstr("arg \\'auto_delete\\'"));
    EXPECT_THAT(refused({.exchange = "x", .internal = true}), HasSubstr("arg \\'internal\\'"));
    EXPECT_THAT(refused({.exchange = "x", .arguments = {{"alternate-exchange", "amq.fanout"}}}),
                HasSubstr("inequivalent arg \\'alternate-exchange\\' " + subject +
                          "the value \\'amq.fanout\\' of type \\'longstr\\' but current is none"));
    EXPECT_EQ(refused({.exchange = "x", .arguments = {{"foo", "bar"}}}), "exchange.declare-ok");
    EXPECT_EQ(refused({.exchange = "x", .type = "fanout", .passive = true}), "exchange.declare-ok");
}

TEST_F(ExchangeTest, guards_the_names_that_are_its_own) {
    const auto refused = [this](const amqp::ExchangeDeclare& method) { return on_another_channel(method).front(); };
    EXPECT_THAT(refused({.exchange = "amq.nope"}), HasSubstr("contains reserved prefix \\'amq.*\\'"));
    EXPECT_EQ(refused({.exchange = "amq.direct", .durable = true}), "exchange.declare-ok");
    EXPECT_THAT(refused({.exchange = ""}), HasSubstr("operation not permitted on the default exchange"));
    EXPECT_THAT(refused({.exchange = "x", .type = "nope"}),
                HasSubstr("connection.close reply_code=503 reply_text='COMMAND_INVALID - unknown exchange type "
                          "\\'nope\\''"));
    EXPECT_THAT(refused({.exchange = "nope", .passive = true}), HasSubstr("404"));
    EXPECT_THAT(client.call(amqp::ExchangeDelete{.exchange = "amq.direct"}).front(),
                HasSubstr("deletion of system exchange \\'amq.direct\\' in vhost \\'/\\' not allowed"));
}

TEST_F(ExchangeTest, deleting_is_lenient_but_for_if_unused) {
    EXPECT_THAT(client.call(amqp::ExchangeDelete{.exchange = "nope"}), ElementsAre("exchange.delete-ok"));
    declare_exchange("x", "direct");
    client.declare({}, "q");
    bind("q", "x", "k");
    EXPECT_THAT(client.call(amqp::ExchangeDelete{.exchange = "x", .if_unused = true}).front(),
                HasSubstr("exchange \\'x\\' in vhost \\'/\\' in use"));
}

TEST_F(ExchangeTest, names_lose_their_line_breaks) {
    declare_exchange("a\r\nb", "direct");
    EXPECT_TRUE(exists("ab"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
