#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "hiratake/broker/broker.hpp"
#include "hiratake/client/errors.hpp"
#include "integration/client/client_test.hpp"
#include "net/byte_stream.hpp"

namespace hiratake::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

const std::string certificates = HIRATAKE_TEST_CERTIFICATES;

/// What needs a broker of the test's own: TLS, memory, alarms, an end in order.
class ClientEmbedded : public ClientFixture {
  protected:
    std::unique_ptr<Broker> make_broker(bool is_tls = false) {
        BrokerListener listener;
        listener.port = 0;
        if (is_tls) {
            listener.certificate_file = certificates + "/server.pem";
            listener.key_file = certificates + "/server-key.pem";
        }
        BrokerOptions one_listener;
        one_listener.listeners = {listener};
        auto broker = std::make_unique<Broker>(one_listener, log);
        broker->start();
        return broker;
    }
    std::unique_ptr<Connection> connect_to(const std::string& text, MemoryConnector memory = nullptr) {
        auto connection = std::make_unique<Connection>(options_for(text), loop, log, clock, random, std::move(memory));
        connection->start();
        connection->wait_until_ready(in(seconds{20}));
        return connection;
    }
};

TEST_F(ClientEmbedded, is_reached_over_tls_and_verified) {
    const auto broker = make_broker(true);
    const auto text = fmt::format("amqps://localhost:{}?cacertfile={}/ca.pem", broker->port(), certificates);
    const auto connection = connect_to(text);
    connection->declare({queue("q")});
    EXPECT_TRUE(connection->publish_and_wait(to_queue(unique("q"), std::string(500'000, 't')), in(seconds{20})).ok());
    EXPECT_THAT(connection->broker(), HasSubstr("amqps://guest:**@localhost:"));
}

TEST_F(ClientEmbedded, is_refused_when_nobody_vouches_for_its_certificate) {
    const auto broker = make_broker(true);
    EXPECT_THROW(connect_to(fmt::format("amqps://localhost:{}", broker->port())), TlsError);
}

TEST_F(ClientEmbedded, is_refused_when_its_certificate_is_for_another_name) {
    const auto broker = make_broker(true);
    EXPECT_THROW(
        connect_to(fmt::format("amqps://localhost:{}?cacertfile={}/ca.pem&server_name_indication=broker.example",
                               broker->port(), certificates)),
        TlsError);
}

TEST_F(ClientEmbedded, is_reached_unverified_when_told_so) {
    const auto broker = make_broker(true);
    EXPECT_TRUE(connect_to(fmt::format("amqps://localhost:{}?verify=verify_none", broker->port()))->is_ready());
}

TEST_F(ClientEmbedded, needs_a_ca_file_that_can_be_read) {
    EXPECT_THROW(connect_to("amqps://localhost:1?cacertfile=/no/such/file.pem"), TlsError);
}

TEST_F(ClientEmbedded, is_reached_in_memory) {
    BrokerOptions no_listener;
    no_listener.listeners = {};
    Broker broker{no_listener, log};
    broker.start();
    std::string asked_for;
    const auto connection = connect_to("memory://here", [&](const std::string& name) {
        asked_for = name;
        return broker.connect(loop);
    });
    EXPECT_EQ(asked_for, "here");
    EXPECT_TRUE(logged("Connected to memory://here"));
    connection->declare({queue("q")});
    Received received;
    const Consumer consumer = connection->consume({.queue = unique("q")}, received.acknowledging_handler());
    for (int number = 0; number < 100; ++number) {
        EXPECT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "hello"), in(seconds{20})).ok());
    }
    eventually([&] { return received.bodies().size() == 100; }, "the messages");
    connection->close(in(seconds{20}));
}

TEST_F(ClientEmbedded, is_not_there_in_memory) {
    const auto connection = std::make_unique<Connection>(options_for("memory://gone"), loop, log, clock, random,
                                                         [](const std::string&) { return nullptr; });
    connection->start();
    EXPECT_THROW(connection->wait_until_ready(in(milliseconds{100})), TimeoutError);
    EXPECT_TRUE(logged("Cannot connect to memory://gone: no embedded broker of that name"));
    EXPECT_THROW(make(options_for("memory://gone")), ConfigurationError);
}

TEST_F(ClientEmbedded, holds_publishes_back_while_it_is_blocked) {
    const auto broker = make_broker();
    const auto connection = connect_to(fmt::format("amqp://127.0.0.1:{}", broker->port()));
    connection->declare({queue("q")});
    EXPECT_TRUE(connection->publish_and_wait(to_queue(unique("q"), "1"), in(seconds{20})).ok());
    broker->raise_alarm(BrokerAlarm::memory);
    std::atomic<int> confirmed = 0;
    const auto count = [&](const PublishResult& result) { confirmed += result.ok() ? 1 : 0; };
    connection->publish(to_queue(unique("q"), "2"), in(seconds{20}), count);
    eventually([&] { return logged("The broker has stopped taking messages"); }, "the block");
    EXPECT_EQ(connection->publish_and_wait(to_queue(unique("q"), "3"), in(milliseconds{100})),
              (PublishResult{PublishStatus::timed_out, "not sent before its deadline"}));
    connection->publish(to_queue(unique("q"), "4"), in(seconds{20}), count);
    broker->clear_alarm(BrokerAlarm::memory);
    eventually([&] { return confirmed == 2; }, "both confirmed");
    EXPECT_TRUE(logged("The broker takes messages again"));
}

TEST_F(ClientEmbedded, says_that_it_stops) {
    auto broker = make_broker();
    const auto connection = connect_to(fmt::format("amqp://127.0.0.1:{}", broker->port()));
    broker->stop();
    eventually([&] { return !connection->is_ready(); }, "the loss");
    EXPECT_THAT(connection->last_failure().value_or(""), testing::AnyOf(HasSubstr("320"), HasSubstr("refused")));
    EXPECT_TRUE(logged("the broker closed the connection (320"));
}

}  // namespace
}  // namespace hiratake::client
