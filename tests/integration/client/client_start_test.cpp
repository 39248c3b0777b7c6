#include "hiratake/base/error.hpp"
#include "hiratake/client/errors.hpp"
#include "integration/client/client_test.hpp"

namespace hiratake::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

class ClientStart : public ClientTest {
  protected:
    template <class Expected>
    std::string error_of(Connection& connection) {
        connection.start();
        try {
            connection.wait_until_ready(in(seconds{20}));
        } catch (const Expected& error) {
            return error.what();
        }
        return "no error";
    }
};

TEST_P(ClientStart, says_that_it_is_connected) {
    const auto connection = connect();
    EXPECT_TRUE(connection->is_ready());
    EXPECT_EQ(connection->last_failure(), std::nullopt);
    EXPECT_TRUE(logged("Connected to " + options().uris.front().display()));
}

TEST_P(ClientStart, throws_for_a_wrong_password_and_does_not_show_it) {
    auto wrong = options();
    wrong.uris.front().password = "geheim";
    const auto connection = make(wrong);
    const std::string error = error_of<AuthenticationError>(*connection);
    EXPECT_THAT(error, HasSubstr("refused user 'guest'"));
    EXPECT_THAT(error, testing::Not(HasSubstr("geheim")));
    EXPECT_FALSE(logged("geheim"));
    EXPECT_THROW(connection->publish(to_queue("q", "late"), in(seconds{1}), nullptr), ConnectionClosed);
}

TEST_P(ClientStart, throws_for_a_virtual_host_that_does_not_exist) {
    auto wrong = options();
    wrong.uris.front().vhost = "nowhere";
    const auto connection = make(wrong);
    EXPECT_THAT(error_of<VhostError>(*connection), HasSubstr("virtual host 'nowhere'"));
}

TEST_P(ClientStart, throws_for_a_queue_that_exists_with_other_settings) {
    const auto first = connect({queue("q")});
    const auto second = make();
    auto other = queue("q");
    other.arguments = {};
    second->declare({other});
    EXPECT_THAT(error_of<TopologyError>(*second), HasSubstr("declare the queue '" + other.name + "' (406"));
}

TEST_P(ClientStart, throws_for_a_queue_that_does_not_exist) {
    const auto connection = make();
    const Consumer consumer = connection->consume({.queue = unique("none")}, [](Delivery) {});
    EXPECT_THAT(error_of<TopologyError>(*connection), HasSubstr("let queue '" + unique("none") + "' be consumed (404"));
    EXPECT_EQ(consumer.state(), ConsumerState::ended);
}

TEST_P(ClientStart, waits_for_a_broker_that_is_not_there_yet) {
    gate->close();
    const auto connection = make();
    connection->start();
    EXPECT_THROW(connection->wait_until_ready(in(milliseconds{300})), TimeoutError);
    EXPECT_NE(connection->last_failure(), std::nullopt);
    gate->open();
    connection->wait_until_ready(in(seconds{20}));
}

TEST_P(ClientStart, takes_the_next_host_when_the_first_is_down) {
    auto two = options();
    two.uris.insert(two.uris.begin(), two.uris.front());
    two.uris.front().port = 1;
    const auto connection = make(two);
    connection->start();
    connection->wait_until_ready(in(seconds{20}));
    EXPECT_EQ(connection->broker(), two.uris.back().display());
}

TEST_P(ClientStart, ends_the_wait_of_others_when_it_is_closed) {
    gate->close();
    const auto connection = make();
    connection->start();
    loop.post(
        [&] { EXPECT_THROW(connection->publish_and_wait(to_queue("q", ""), Deadline::never()), ConnectionError); });
    std::thread closer{[&] {
        eventually([&] { return connection->last_failure().has_value(); }, "a first attempt");
        connection->close(in(seconds{5}));
    }};
    EXPECT_THROW(connection->wait_until_ready(in(seconds{20})), ConnectionClosed);
    closer.join();
}

TEST_P(ClientStart, refuses_names_that_amqp_has_no_room_for) {
    const auto connection = make();
    const std::string name(256, 'n');
    EXPECT_THROW(connection->declare({Queue{.name = name}}), ConfigurationError);
    EXPECT_THROW(static_cast<void>(connection->consume({.queue = name}, [](Delivery) {})), ConfigurationError);
    EXPECT_THROW(connection->publish({.routing_key = name}, in(seconds{1}), nullptr), ConfigurationError);
    EXPECT_THROW(connection->publish({.properties = {.correlation_id = name}}, in(seconds{1}), nullptr),
                 ConfigurationError);
}

INSTANTIATE_TEST_SUITE_P(over, ClientStart, brokers_on_tcp(), broker_name);

}  // namespace
}  // namespace hiratake::client
