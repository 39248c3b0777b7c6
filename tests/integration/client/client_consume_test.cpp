#include <atomic>
#include <thread>

#include "integration/client/client_test.hpp"

namespace hiratake::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

class ClientConsume : public ClientTest {
  protected:
    void publish(Connection& connection, std::string_view body) {
        ASSERT_TRUE(connection.publish_and_wait(to_queue(unique("q"), body), in(seconds{20})).ok());
    }
};

TEST_P(ClientConsume, receives_properties_headers_and_body) {
    const auto connection = connect({Exchange{.name = unique("x"), .type = "topic", .auto_delete = true}, queue("q"),
                                     Binding{.queue = unique("q"), .exchange = unique("x"), .routing_key = "mail.*"}});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q"), .consumer_tag = "me"}, received.handler());
    const MessageProperties properties{
        .content_type = "application/json",
        .headers = amqp::Table{{"nameko.call_id_stack", amqp::Array{{"a.b.c"}}}, {"n", 5}},
        .priority = 0,
        .correlation_id = "id",
        .reply_to = "reply"};
    const auto result = connection->publish_and_wait({.exchange = unique("x"),
                                                      .routing_key = "mail.send",
                                                      .body = "{}",
                                                      .properties = properties,
                                                      .mandatory = true},
                                                     in(seconds{20}));
    EXPECT_EQ(result.status, PublishStatus::confirmed);
    eventually([&] { return received.size() == 1; }, "the message");
    Delivery delivery = received.take();
    auto expected = properties;
    expected.delivery_mode = persistent;
    EXPECT_EQ(delivery.properties(), expected);
    EXPECT_EQ(delivery.body(), "{}");
    EXPECT_EQ(delivery.exchange(), unique("x"));
    EXPECT_EQ(delivery.routing_key(), "mail.send");
    EXPECT_EQ(delivery.consumer_tag(), "me");
    EXPECT_FALSE(delivery.redelivered());
    delivery.ack();
    EXPECT_TRUE(delivery.is_settled());
}

TEST_P(ClientConsume, carries_bodies_of_many_frames) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.acknowledging_handler());
    std::string body(3'000'000, '?');
    for (std::size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>('a' + at % 26);
    publish(*connection, body);
    publish(*connection, "");
    eventually([&] { return received.bodies().size() == 2; }, "the messages");
    EXPECT_EQ(received.bodies().front(), body);
}

TEST_P(ClientConsume, requeues_what_is_dropped_and_discards_what_is_rejected) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
    publish(*connection, "hello");
    eventually([&] { return received.size() == 1; }, "the message");
    { const Delivery dropped = received.take(); }
    eventually([&] { return received.size() == 1; }, "the message again");
    Delivery again = received.take();
    EXPECT_TRUE(again.redelivered());
    again.reject(false);
    publish(*connection, "next");
    eventually([&] { return received.size() == 1; }, "the next message");
    Delivery next = received.take();
    EXPECT_EQ(next.body(), "next");
    next.ack();
}

TEST_P(ClientConsume, holds_no_more_than_its_prefetch) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q"), .prefetch_count = 2}, received.handler());
    for (const char* body : {"1", "2", "3"}) publish(*connection, body);
    eventually([&] { return received.size() == 2; }, "two messages");
    // Another takes what the first has no room for.
    Received others;
    const Consumer other = connection->consume({.queue = unique("q")}, others.acknowledging_handler());
    eventually([&] { return others.bodies().size() == 1; }, "the third");
    EXPECT_THAT(others.bodies(), ElementsAre("3"));
    EXPECT_EQ(received.size(), 2U);
}

TEST_P(ClientConsume, stops_when_cancelled) {
    const auto connection = connect({queue("q")});
    Received received;
    Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
    eventually([&] { return consumer.state() == ConsumerState::consuming; }, "consuming");
    publish(*connection, "1");
    eventually([&] { return received.size() == 1; }, "the message");
    consumer.cancel();
    EXPECT_TRUE(consumer.wait_until_ended(in(seconds{20})));
    publish(*connection, "2");
    received.take().ack();
    Received others;
    const Consumer other = connection->consume({.queue = unique("q")}, others.acknowledging_handler());
    eventually([&] { return !others.bodies().empty(); }, "the second message");
    EXPECT_THAT(others.bodies(), ElementsAre("2"));
    EXPECT_EQ(received.size(), 0U);
}

TEST_P(ClientConsume, may_cancel_and_publish_in_its_handler) {
    const auto connection = connect({queue("q"), queue("answers")});
    std::atomic<bool> is_answered = false;
    Consumer consumer;
    std::mutex mutex;
    {
        const std::lock_guard lock{mutex};
        consumer = connection->consume({.queue = unique("q")}, [&](Delivery delivery) {
            const std::lock_guard handler_lock{mutex};
            consumer.cancel();
            connection->publish(to_queue(unique("answers"), delivery.body()), in(seconds{20}),
                                [&](const PublishResult& result) { is_answered = result.ok(); });
            delivery.ack();
        });
    }
    publish(*connection, "hello");
    eventually([&] { return is_answered.load(); }, "the answer");
    EXPECT_TRUE(consumer.wait_until_ended(in(seconds{20})));
}

TEST_P(ClientConsume, requeues_and_logs_when_its_handler_throws) {
    const auto connection = connect({queue("q")});
    std::atomic<int> calls = 0;
    const Consumer consumer = connection->consume({.queue = unique("q")}, [&](Delivery delivery) {
        if (++calls == 1) throw std::runtime_error{"not today"};
        delivery.ack();
    });
    publish(*connection, "hello");
    eventually([&] { return calls == 2; }, "the second call");
    EXPECT_TRUE(logged("not today"));
}

TEST_P(ClientConsume, needs_no_settling_without_acknowledgements) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q"), .no_ack = true}, received.handler());
    publish(*connection, "hello");
    eventually([&] { return received.size() == 1; }, "the message");
    EXPECT_TRUE(received.take().is_settled());
}

TEST_P(ClientConsume, is_kept_open_until_its_deliveries_are_settled) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
    publish(*connection, "hello");
    eventually([&] { return received.size() == 1; }, "the message");
    std::thread worker{[&] {
        Delivery delivery = received.take();
        eventually([&] { return consumer.state() == ConsumerState::ended; }, "the closing");
        EXPECT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "answer"), in(seconds{20})).ok());
        delivery.ack();
    }};
    connection->close(in(seconds{20}));
    worker.join();
    EXPECT_EQ(consumer.state(), ConsumerState::ended);

    const auto second = connect();
    Received rest;
    const Consumer other = second->consume({.queue = unique("q")}, rest.acknowledging_handler());
    eventually([&] { return rest.bodies().size() == 1; }, "the answer");
    EXPECT_THAT(rest.bodies(), ElementsAre("answer"));
}

TEST_P(ClientConsume, leaves_what_is_not_settled_in_time_to_the_broker) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
    publish(*connection, "hello");
    eventually([&] { return received.size() == 1; }, "the message");
    connection->close(in(milliseconds{200}));
    received.take().ack();

    const auto second = connect();
    Received rest;
    const Consumer other = second->consume({.queue = unique("q")}, rest.acknowledging_handler());
    eventually([&] { return rest.bodies().size() == 1; }, "the message again");
}

INSTANTIATE_TEST_SUITE_P(over, ClientConsume, brokers_on_tcp(), broker_name);

}  // namespace
}  // namespace hiratake::client
