#include <atomic>
#include <stdexcept>
#include <thread>

#include "integration/client/client_test.hpp"

namespace hiratake::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

class ClientPublish : public ClientTest {
  protected:
    static Publication unconfirmed_to(std::string_view name) {
        Publication publication = to_queue(name, "hello");
        publication.confirm = false;
        return publication;
    }
};

TEST_P(ClientPublish, is_confirmed) {
    const auto connection = connect({queue("q")});
    EXPECT_EQ(connection->publish_and_wait(to_queue(unique("q"), "hello"), in(seconds{20})),
              (PublishResult{PublishStatus::confirmed, ""}));
}

TEST_P(ClientPublish, is_returned_when_no_queue_is_bound) {
    const auto connection = connect();
    const auto result = connection->publish_and_wait(to_queue(unique("nowhere"), "hello"), in(seconds{20}));
    EXPECT_EQ(result.status, PublishStatus::returned);
    EXPECT_THAT(result.detail, HasSubstr("312 NO_ROUTE"));
}

TEST_P(ClientPublish, is_refused_without_harm_to_its_neighbours) {
    const auto connection = connect({queue("q")});
    std::atomic<int> confirmed = 0;
    std::atomic<int> refused = 0;
    const auto count = [&](const PublishResult& result) {
        if (result.status == PublishStatus::confirmed) ++confirmed;
        if (result.status == PublishStatus::refused) ++refused;
    };
    for (int number = 0; number < 50; ++number) {
        connection->publish(to_queue(unique("q"), "good"), in(seconds{20}), count);
        if (number == 20) connection->publish({.exchange = unique("no-exchange")}, in(seconds{20}), count);
    }
    eventually([&] { return confirmed + refused == 51; }, "51 answers");
    EXPECT_EQ(confirmed, 50);
    EXPECT_EQ(refused, 1);
    EXPECT_TRUE(connection->is_ready());
}

TEST_P(ClientPublish, comes_from_many_threads_at_once) {
    constexpr int threads = 8;
    constexpr int each = 1000;
    const auto connection = connect({queue("q")});
    Received received;
    const Consumer consumer =
        connection->consume({.queue = unique("q"), .prefetch_count = 200}, received.acknowledging_handler());
    std::atomic<int> confirmed = 0;
    std::vector<std::thread> publishers;
    for (int thread = 0; thread < threads; ++thread) {
        publishers.emplace_back([&] {
            for (int number = 0; number < each; ++number) {
                connection->publish(to_queue(unique("q"), "message"), in(seconds{60}),
                                    [&](const PublishResult& result) { confirmed += result.ok() ? 1 : 0; });
            }
        });
    }
    for (auto& publisher : publishers) publisher.join();
    eventually([&] { return confirmed == threads * each; }, "all confirmed");
    eventually([&] { return received.bodies().size() == threads * each; }, "all received");
}

TEST_P(ClientPublish, waits_for_room_and_reports_overload_on_the_io_thread) {
    auto narrow = options();
    narrow.max_outstanding_publishes = 2;
    const auto connection = make(narrow);
    gate->close();
    connection->start();
    std::vector<PublishStatus> outcomes;
    std::atomic<int> answers = 0;
    const auto note = [&](const PublishResult& result) {
        outcomes.push_back(result.status);
        ++answers;
    };
    connection->publish(to_queue("q", "1"), in(seconds{20}), note);
    connection->publish(to_queue("q", "2"), in(seconds{20}), note);
    const auto result = connection->publish_and_wait(to_queue("q", "3"), in(milliseconds{100}));
    EXPECT_EQ(result.status, PublishStatus::timed_out);
    EXPECT_THAT(result.detail, HasSubstr("too many publishes are outstanding"));
    loop.post([&] { connection->publish(to_queue("q", "4"), in(seconds{20}), note); });
    eventually([&] { return answers == 1; }, "the overload");
    connection->close(in(seconds{5}));
    EXPECT_EQ(answers, 3);
    EXPECT_EQ(outcomes,
              (std::vector{PublishStatus::overloaded, PublishStatus::connection_lost, PublishStatus::connection_lost}));
}

TEST_P(ClientPublish, times_out_without_a_broker) {
    gate->close();
    const auto connection = make();
    connection->start();
    const auto result = connection->publish_and_wait(to_queue("q", "1"), in(milliseconds{200}));
    EXPECT_EQ(result, (PublishResult{PublishStatus::timed_out, "not sent before its deadline"}));
}

TEST_P(ClientPublish, is_answered_at_the_latest_when_the_connection_goes) {
    gate->close();
    auto connection = make();
    connection->start();
    std::optional<PublishResult> outcome;
    connection->publish(to_queue("q", "1"), Deadline::never(), [&](const PublishResult& result) { outcome = result; });
    connection.reset();
    EXPECT_EQ(outcome, (PublishResult{PublishStatus::connection_lost, "the connection was closed"}));
}

TEST_P(ClientPublish, may_go_unconfirmed) {
    const auto connection = make();
    connection->declare({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.acknowledging_handler());
    connection->start();
    connection->wait_until_ready(in(seconds{20}));
    EXPECT_EQ(connection->publish_and_wait(unconfirmed_to(unique("q")), in(seconds{20})).status, PublishStatus::sent);
    eventually([&] { return received.bodies().size() == 1; }, "the message");
}

TEST_P(ClientPublish, that_is_unconfirmed_and_returned_is_told_to_who_knows_it) {
    const auto connection = connect();
    const std::string nowhere = unique("nowhere");
    std::atomic<int> claimed = 0;
    const auto handler = std::make_shared<ReturnHandler>([&](const ReturnedMessage& message) {
        if (message.properties.correlation_id != "mine") return false;
        EXPECT_EQ(message.routing_key, nowhere);
        EXPECT_EQ(message.reason, "312 NO_ROUTE");
        ++claimed;
        return true;
    });
    // Others are asked before it, and do it no harm.
    const auto failing =
        std::make_shared<ReturnHandler>([](const ReturnedMessage&) -> bool { throw std::runtime_error("no idea"); });
    connection->on_return(failing);
    auto released = std::make_shared<ReturnHandler>([](const ReturnedMessage&) { return true; });
    connection->on_return(released);
    released.reset();
    connection->on_return(handler);
    auto mine = unconfirmed_to(nowhere);
    mine.properties.correlation_id = "mine";
    EXPECT_EQ(connection->publish_and_wait(std::move(mine), in(seconds{20})).status, PublishStatus::sent);
    eventually([&] { return claimed == 1; }, "the returned message");
    EXPECT_TRUE(logged("A handler of returned messages failed: no idea"));
    EXPECT_EQ(connection->publish_and_wait(unconfirmed_to(nowhere), in(seconds{20})).status, PublishStatus::sent);
    eventually([&] { return logged("(312 NO_ROUTE), and nobody waits to hear it"); }, "the log line");
    EXPECT_EQ(claimed, 1);
}

TEST_P(ClientPublish, that_is_unconfirmed_leaves_before_the_connection_closes) {
    constexpr std::size_t count = 500;
    const auto publishing = connect({queue("q")});
    for (std::size_t i = 0; i < count; ++i) {
        publishing->publish(unconfirmed_to(unique("q")), in(seconds{20}), nullptr);
    }
    publishing->close(in(seconds{20}));
    const auto reading = connect();
    Received received;
    const Consumer consumer = reading->consume({.queue = unique("q")}, received.acknowledging_handler());
    eventually([&] { return received.bodies().size() == count; }, "all of them");
}

TEST_P(ClientPublish, logs_the_failure_that_nobody_waits_for) {
    const auto connection = connect();
    connection->publish(to_queue(unique("nowhere"), "hello"), in(seconds{20}), nullptr);
    eventually([&] { return logged("was not delivered: returned 312 NO_ROUTE"); }, "the log line");
}

INSTANTIATE_TEST_SUITE_P(over, ClientPublish, brokers_on_tcp(), broker_name);

}  // namespace
}  // namespace hiratake::client
