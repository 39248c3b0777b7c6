#include "net/listener.hpp"

#include <gmock/gmock.h>

#include <optional>

#include "net/connector.hpp"
#include "stream_test.hpp"

namespace hiratake::net {
namespace {

class ListenerTest : public LoopTest {
  protected:
    std::unique_ptr<ByteStream> connect(const Listener& listener, const std::string& host = "127.0.0.1") {
        Connector connector(loop_);
        std::optional<ConnectResult> outcome;
        connector.async_connect({.host = host, .port = listener.port(), .tls = {}, .socket = {}}, Deadline::never(),
                                [&](ConnectResult result) { outcome = std::move(result); });
        EXPECT_TRUE(run_until([&] { return outcome.has_value(); }));
        return std::move(outcome->stream);
    }

    std::string listen_error(const ListenOptions& options) {
        try {
            Listener listener(loop_, options);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
};

TEST_F(ListenerTest, picks_a_free_port_and_says_which) {
    Listener listener(loop_, {});
    EXPECT_NE(listener.port(), 0);
    EXPECT_EQ(listener.address(), "127.0.0.1:" + std::to_string(listener.port()));
}

TEST_F(ListenerTest, says_that_a_port_is_taken) {
    Listener first(loop_, {});
    ListenOptions options;
    options.port = first.port();
    EXPECT_EQ(listen_error(options), "cannot listen on " + first.address() + ": Address already in use");
}

TEST_F(ListenerTest, asks_for_an_address_rather_than_a_name) {
    ListenOptions options;
    options.address = "www.example";
    EXPECT_THAT(listen_error(options), testing::HasSubstr("an IP address is wanted here"));
}

TEST_F(ListenerTest, names_the_tls_file_that_it_cannot_use) {
    ListenOptions options;
    options.tls = test_certificate("no-such-file");
    EXPECT_THAT(listen_error(options), testing::HasSubstr("no-such-file.pem': No such file"));
    options.tls = test_certificate("server");
    options.tls->certificates[0].key_file = test_certificates + "/client-key.pem";
    EXPECT_THAT(listen_error(options), testing::HasSubstr("key file"));
    options.tls = test_certificate("server");
    options.tls->require_client_certificate = true;
    EXPECT_THAT(listen_error(options), testing::HasSubstr("ca_file"));
}

TEST_F(ListenerTest, lets_clients_wait_until_it_is_started) {
    Listener listener(loop_, {});
    auto client = connect(listener);
    ASSERT_TRUE(client);
    std::vector<std::unique_ptr<ByteStream>> accepted;
    listener.start([&](std::unique_ptr<ByteStream> stream) { accepted.push_back(std::move(stream)); });
    EXPECT_TRUE(run_until([&] { return accepted.size() == 1; }));
    auto second = connect(listener);
    EXPECT_TRUE(run_until([&] { return accepted.size() == 2; }));
}

TEST_F(ListenerTest, goes_on_accepting_when_the_handler_throws) {
    Listener listener(loop_, {});
    int accepted = 0;
    listener.start([&](std::unique_ptr<ByteStream>) {
        if (++accepted == 1) throw std::runtime_error("not this one");
    });
    auto first = connect(listener);
    auto second = connect(listener);
    EXPECT_TRUE(run_until([&] { return accepted == 2; }));
    EXPECT_TRUE(log_.contains("not this one"));
}

TEST_F(ListenerTest, refuses_clients_once_it_is_closed_and_keeps_the_streams_it_handed_out) {
    Listener listener(loop_, {});
    std::unique_ptr<ByteStream> server;
    listener.start([&](std::unique_ptr<ByteStream> stream) { server = std::move(stream); });
    auto client = connect(listener);
    EXPECT_TRUE(run_until([&] { return server != nullptr; }));
    listener.close();
    EXPECT_FALSE(connect(listener));
    Collector at_client(*client);
    server->async_write("still here", [](ErrorCode) {});
    EXPECT_TRUE(run_until([&] { return at_client.bytes == "still here"; }));
    client.reset();
    run_until([&] { return bool{at_client.error}; });
}

TEST_F(ListenerTest, listens_on_ipv6_too) {
    ListenOptions options;
    options.address = "::1";
    std::optional<Listener> listener;
    try {
        listener.emplace(loop_, options);
    } catch (const ListenError& error) {
        GTEST_SKIP() << error.what();
    }
    std::unique_ptr<ByteStream> server;
    listener->start([&](std::unique_ptr<ByteStream> stream) { server = std::move(stream); });
    auto client = connect(*listener, "::1");
    EXPECT_TRUE(run_until([&] { return server != nullptr; }));
    EXPECT_TRUE(server->is_loopback());
    EXPECT_THAT(client->description(), testing::EndsWith(" -> [::1]:" + std::to_string(listener->port())));
}

TEST_F(ListenerTest, gives_up_a_tls_client_that_does_not_shake_hands_and_serves_the_others) {
    ListenOptions options;
    options.tls = test_certificate("server");
    options.handshake_timeout = std::chrono::milliseconds{20};
    options.max_handshakes = 1;
    Listener listener(loop_, options);
    listener.start([&](std::unique_ptr<ByteStream>) { FAIL(); });
    // The second waits for its turn behind the first, since one handshake at a time is allowed.
    auto silent = connect(listener);
    auto talkative = connect(listener);
    Collector at_silent(*silent);
    Collector at_talkative(*talkative);
    talkative->async_write("this is no handshake\r\n", [](ErrorCode) {});
    EXPECT_TRUE(run_until([&] { return at_silent.error && at_talkative.error; }));
    EXPECT_TRUE(log_.contains("The TLS handshake with 127.0.0.1 failed: Connection timed out"));
    EXPECT_EQ(log_.lines().size(), 2u);
}

}  // namespace
}  // namespace hiratake::net
