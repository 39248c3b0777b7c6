#include "integration/client/client_test.hpp"

#include <thread>

namespace hiratake::client {

using std::chrono::milliseconds;
using std::chrono::seconds;

void ClientFixture::SetUp() {
    id_ = random.uuid4().view().substr(0, 8);
    loop.start();
}

void ClientFixture::TearDown() {
    loop.stop();
    loop.join();
}

ConnectionOptions ClientFixture::options_for(const std::string& text) {
    ConnectionOptions options;
    options.uris = parse_connection_uris(text);
    options.retry = {.first_delay = milliseconds{50}, .max_delay = milliseconds{200}};
    return options;
}

void ClientTest::SetUp() {
    ClientFixture::SetUp();
    broker_ = test::BrokerUnderTest::make(GetParam());
    if (!broker_) GTEST_SKIP() << "set HIRATAKE_TEST_RABBITMQ to the URI of a RabbitMQ for tests; ./check does";
    gate = broker_->gate();
}

std::unique_ptr<Connection> ClientTest::connect(const Topology& topology) {
    auto connection = make();
    connection->declare(topology);
    connection->start();
    connection->wait_until_ready(in(seconds{20}));
    return connection;
}

Queue ClientFixture::queue(std::string_view name) const {
    return {.name = unique(name), .durable = true, .arguments = {{"x-expires", 60'000}}};
}

void ClientFixture::eventually(const std::function<bool()>& condition, std::string_view what) const {
    const Deadline deadline = in(seconds{20});
    while (!condition()) {
        ASSERT_FALSE(deadline.passed(clock.now())) << "not in time: " << what;
        std::this_thread::sleep_for(milliseconds{5});
    }
}

bool ClientFixture::logged(std::string_view text) const {
    const std::lock_guard lock{log_mutex};
    return std::ranges::any_of(log_lines, [&](const auto& line) { return line.find(text) != std::string::npos; });
}

}  // namespace hiratake::client
