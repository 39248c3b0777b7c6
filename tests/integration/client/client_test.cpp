#include "integration/client/client_test.hpp"

#include <cstdlib>
#include <thread>

namespace hiratake::client {

using std::chrono::milliseconds;
using std::chrono::seconds;

void ClientTest::SetUp() {
    if (const char* broker = std::getenv("HIRATAKE_TEST_BROKER")) {
        uri = parse_connection_uris(broker).front();
    } else {
        BrokerOptions free_port;
        free_port.listeners.front().port = 0;
        embedded_broker_ = std::make_unique<Broker>(free_port, log);
        embedded_broker_->start();
        uri.port = embedded_broker_->port();
    }
    gate = std::make_unique<test::TcpGate>(uri.port);
    id_ = random.uuid4().substr(0, 8);
    loop.start();
}

void ClientTest::TearDown() {
    loop.stop();
    loop.join();
}

ConnectionOptions ClientTest::options() const {
    ConnectionOptions options;
    options.uris = {uri};
    options.uris.front().host = "127.0.0.1";
    options.uris.front().port = gate->port();
    options.retry = {.first_delay = milliseconds{50}, .max_delay = milliseconds{200}};
    return options;
}

std::unique_ptr<Connection> ClientTest::connect(const Topology& topology) {
    auto connection = make();
    connection->declare(topology);
    connection->start();
    connection->wait_until_ready(in(seconds{20}));
    return connection;
}

Queue ClientTest::queue(std::string_view name) const {
    return {.name = unique(name), .durable = true, .arguments = {{"x-expires", 60'000}}};
}

void ClientTest::eventually(const std::function<bool()>& condition, std::string_view what) const {
    const Deadline deadline = in(seconds{20});
    while (!condition()) {
        ASSERT_FALSE(deadline.passed(clock.now())) << "not in time: " << what;
        std::this_thread::sleep_for(milliseconds{5});
    }
}

bool ClientTest::logged(std::string_view text) const {
    const std::lock_guard lock{log_mutex};
    return std::ranges::any_of(log_lines, [&](const auto& line) { return line.find(text) != std::string::npos; });
}

}  // namespace hiratake::client
