#include <atomic>
#include <set>
#include <thread>

#include "integration/client/client_test.hpp"

namespace hiratake::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ClientReconnect : public ClientTest {
  protected:
    void lose(Connection& connection) {
        gate->close();
        eventually([&] { return !connection.is_ready(); }, "the loss");
    }
};

TEST_P(ClientReconnect, restores_topology_and_consumers_and_says_so) {
    auto gone_with_its_connection = queue("q");
    gone_with_its_connection.exclusive = true;
    const auto connection = connect({gone_with_its_connection});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.acknowledging_handler());
    eventually([&] { return consumer.state() == ConsumerState::consuming; }, "consuming");
    lose(*connection);
    EXPECT_EQ(consumer.state(), ConsumerState::waiting);
    EXPECT_NE(connection->last_failure(), std::nullopt);
    gate->open();
    eventually([&] { return connection->is_ready(); }, "the return");
    EXPECT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "hello"), in(seconds{20})).ok());
    eventually([&] { return received.bodies().size() == 1; }, "the message");
    EXPECT_TRUE(logged("Lost the connection to amqp://guest:**@127.0.0.1:"));
    EXPECT_TRUE(logged("Trying again in 0."));
}

TEST_P(ClientReconnect, sends_again_what_was_not_confirmed) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer =
        connection->consume({.queue = unique("q"), .prefetch_count = 100}, received.acknowledging_handler());
    std::atomic<int> confirmed = 0;
    std::atomic<int> failed = 0;
    std::atomic<bool> is_over = false;
    int count = 0;
    std::thread publisher{[&] {
        for (; !is_over; ++count) {
            connection->publish(to_queue(unique("q"), std::to_string(count)), in(seconds{60}),
                                [&](const PublishResult& result) { ++(result.ok() ? confirmed : failed); });
        }
    }};
    // With one cut more, a publish could use up its attempts (max_publish_attempts, 5).
    for (int cut = 0; cut < 4; ++cut) {
        eventually([&, before = confirmed.load()] { return confirmed > before + 100; }, "confirms between the cuts");
        gate->cut();
    }
    is_over = true;
    publisher.join();
    eventually([&] { return confirmed + failed == count; }, "all answers");
    EXPECT_EQ(failed, 0);
    eventually(
        [&] {
            const auto bodies = received.bodies();
            return std::set<std::string>{bodies.begin(), bodies.end()}.size() == static_cast<std::size_t>(count);
        },
        "every message at least once");
    EXPECT_GE(gate->connections(), 2);
}

TEST_P(ClientReconnect, does_not_settle_deliveries_of_the_lost_connection) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
    ASSERT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "hello"), in(seconds{20})).ok());
    eventually([&] { return received.size() == 1; }, "the message");
    Delivery old = received.take();
    lose(*connection);
    gate->open();
    eventually([&] { return received.size() == 1; }, "the message again");
    old.ack();
    Delivery again = received.take();
    EXPECT_TRUE(again.redelivered());
    again.ack();
    EXPECT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "next"), in(seconds{20})).ok());
    EXPECT_TRUE(connection->is_ready());
}

TEST_P(ClientReconnect, answers_publishes_within_their_deadline_while_the_broker_is_away) {
    const auto connection = connect({queue("q")});
    lose(*connection);
    const auto result = connection->publish_and_wait(to_queue(unique("q"), "hello"), in(milliseconds{200}));
    EXPECT_EQ(result.status, PublishStatus::timed_out);
}

TEST_P(ClientReconnect, closes_at_once_while_the_broker_is_away) {
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
    ASSERT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "hello"), in(seconds{20})).ok());
    eventually([&] { return received.size() == 1; }, "the message");
    lose(*connection);
    std::atomic<bool> is_answered = false;
    connection->publish(to_queue(unique("q"), "x"), Deadline::never(), [&](const PublishResult& result) {
        EXPECT_EQ(result.status, PublishStatus::connection_lost);
        is_answered = true;
    });
    const TimePoint before = clock.now();
    connection->close(Deadline::never());
    EXPECT_LT(clock.now() - before, seconds{2});
    EXPECT_TRUE(is_answered);
    EXPECT_EQ(consumer.state(), ConsumerState::ended);
}

TEST_P(ClientReconnect, is_destroyed_at_any_moment) {
    for (int round = 0; round < 18; ++round) {
        const int connections_before = gate->connections();
        auto connection = make();
        connection->declare({queue("q")});
        Received received;
        const Consumer consumer = connection->consume({.queue = unique("q")}, received.handler());
        connection->start();
        std::atomic<int> answers = 0;
        for (int number = 0; number < 20; ++number) {
            connection->publish(to_queue(unique("q"), "x"), Deadline::never(),
                                [&](const PublishResult&) { ++answers; });
        }
        eventually(
            [&] {
                switch (round % 6) {
                    case 0: return true;
                    case 1: return gate->connections() > connections_before;
                    case 2: return connection->is_ready();
                    case 3: return consumer.state() == ConsumerState::consuming;
                    case 4: return answers > 0;
                    default: return answers == 20;
                }
            },
            "the moment");
        connection.reset();
        EXPECT_EQ(answers, 20);
    }
}

INSTANTIATE_TEST_SUITE_P(over, ClientReconnect, brokers_on_tcp(), broker_name);

}  // namespace
}  // namespace hiratake::client
