#include "net/connector.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>

#include "hiratake/base/error.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "net/listener.hpp"
#include "stream_test.hpp"

namespace hiratake::net {
namespace {

using boost::asio::ip::tcp;
using testing::Test;

class ConnectorTest : public LoopTest {
  protected:
    ListenOptions tls_server(const std::string& name) {
        ListenOptions options;
        options.tls = test_certificate(name);
        return options;
    }

    ConnectTarget tls_target(const Listener& listener, const std::string& host = "127.0.0.1") {
        ConnectTarget target{.host = host, .port = listener.port(), .tls = TlsClientOptions{}, .socket = {}};
        target.tls->ca_file = test_certificates + "/ca.pem";
        return target;
    }

    ConnectResult connect(const ConnectTarget& target) {
        Connector connector(loop_);
        std::optional<ConnectResult> outcome;
        connector.async_connect(target, Deadline::never(), [&](ConnectResult result) { outcome = std::move(result); });
        EXPECT_FALSE(outcome) << "the handler ran inside the call";
        EXPECT_TRUE(run_until([&] { return outcome.has_value(); }));
        return std::move(*outcome);
    }

    void keep(Listener& listener) {
        listener.start([this](std::unique_ptr<ByteStream> stream) { accepted_.push_back(std::move(stream)); });
    }

    std::vector<std::unique_ptr<ByteStream>> accepted_;
};

TEST_F(ConnectorTest, connects_by_name) {
    Listener listener(loop_, {});
    keep(listener);
    const auto result = connect({.host = "localhost", .port = listener.port(), .tls = {}, .socket = {}});
    EXPECT_TRUE(result.stream) << result.message;
    EXPECT_EQ(result.error, ErrorCode{});
    EXPECT_FALSE(result.stream->is_encrypted());
}

TEST_F(ConnectorTest, says_where_and_why_it_could_not_connect) {
    std::uint16_t free_port = 0;
    {
        Listener listener(loop_, {});
        free_port = listener.port();
    }
    const auto result = connect({.host = "127.0.0.1", .port = free_port, .tls = {}, .socket = {}});
    EXPECT_FALSE(result.stream);
    EXPECT_EQ(result.error, boost::asio::error::connection_refused);
    EXPECT_EQ(result.message, "cannot connect to 127.0.0.1:" + std::to_string(free_port) + ": Connection refused");
}

TEST_F(ConnectorTest, says_that_a_name_is_unknown) {
    const auto result = connect({.host = "no-such-host.invalid", .port = 1, .tls = {}, .socket = {}});
    EXPECT_TRUE(result.error);
    EXPECT_EQ(result.message.find("cannot connect to no-such-host.invalid:1: Host not found"), 0u) << result.message;
}

TEST_F(ConnectorTest, ends_at_the_deadline_and_says_in_which_step) {
    ManualClock clock;
    EventLoop loop(log_.log(), clock);
    Listener silent(loop, {});
    std::unique_ptr<ByteStream> server;
    std::optional<Collector> hello;
    silent.start([&](std::unique_ptr<ByteStream> stream) {
        server = std::move(stream);
        hello.emplace(*server);
    });
    Connector connector(loop);
    std::optional<ConnectResult> outcome;
    connector.async_connect(tls_target(silent), Deadline::after(clock.now(), std::chrono::minutes{5}),
                            [&](ConnectResult result) { outcome = std::move(result); });
    // The client has begun its handshake, which is never answered.
    EXPECT_TRUE(loop.run_until([&] { return hello && !hello->bytes.empty(); }, std::chrono::seconds{20}));
    EXPECT_FALSE(outcome);
    clock.advance(std::chrono::minutes{5});
    EXPECT_TRUE(loop.run_until([&] { return outcome && hello->error; }, std::chrono::seconds{20}));
    EXPECT_EQ(outcome->error, boost::asio::error::timed_out);
    EXPECT_NE(outcome->message.find("the TLS handshake has not ended within 300.0 s"), std::string::npos)
        << outcome->message;
}

TEST_F(ConnectorTest, reports_a_cancelled_attempt) {
    Listener listener(loop_, {});
    std::optional<ConnectResult> outcome;
    {
        Connector connector(loop_);
        connector.async_connect({.host = "127.0.0.1", .port = listener.port(), .tls = {}, .socket = {}},
                                Deadline::never(), [&](ConnectResult result) { outcome = std::move(result); });
    }
    EXPECT_TRUE(run_until([&] { return outcome.has_value(); }));
    EXPECT_FALSE(outcome->stream);
    EXPECT_TRUE(is_cancelled(outcome->error));
}

TEST_F(ConnectorTest, goes_with_its_loop_though_the_handler_owns_it) {
    auto loop = std::make_unique<EventLoop>(log_.log(), clock_);
    auto connector = std::make_shared<Connector>(*loop);
    const std::weak_ptr<Connector> watched = connector;
    Connector& attempting = *connector;
    attempting.async_connect(
        {.host = "127.0.0.1", .port = Listener(*loop, {}).port(), .tls = {}, .socket = {}}, Deadline::never(),
        [owner = std::move(connector)](const ConnectResult&) { FAIL() << "on a loop that ended"; });
    EXPECT_FALSE(watched.expired());
    loop.reset();
    EXPECT_TRUE(watched.expired());
}

TEST_F(ConnectorTest, sets_the_socket_options) {
    Listener listener(loop_, {});
    keep(listener);
    ConnectTarget target{.host = "127.0.0.1", .port = listener.port(), .tls = {}, .socket = {}};
    target.socket.user_timeout = std::chrono::milliseconds{5000};
    EXPECT_TRUE(connect(target).stream);
}

TEST_F(ConnectorTest, verifies_the_server_by_its_authority_and_its_name) {
    Listener listener(loop_, tls_server("server"));
    keep(listener);
    for (const auto* host : {"localhost", "127.0.0.1"}) {
        const auto result = connect(tls_target(listener, host));
        ASSERT_TRUE(result.stream) << result.message;
        EXPECT_TRUE(result.stream->is_encrypted());
    }
}

TEST_F(ConnectorTest, refuses_a_server_that_no_trusted_authority_vouches_for) {
    Listener listener(loop_, tls_server("server"));
    keep(listener);
    auto target = tls_target(listener);
    target.tls->ca_file.clear();
    const auto result = connect(target);
    EXPECT_FALSE(result.stream);
    EXPECT_NE(result.message.find("the server's certificate is refused: unable to get local issuer certificate"),
              std::string::npos)
        << result.message;
    target.tls->verify_peer = false;
    EXPECT_TRUE(connect(target).stream);
}

TEST_F(ConnectorTest, refuses_a_certificate_for_another_name) {
    Listener listener(loop_, tls_server("elsewhere"));
    keep(listener);
    auto target = tls_target(listener, "localhost");
    EXPECT_NE(connect(target).message.find("it is not for localhost"), std::string::npos);
    target.host = "127.0.0.1";
    EXPECT_NE(connect(target).message.find("it is not for 127.0.0.1"), std::string::npos);
    target.tls->server_name = "elsewhere.example";
    EXPECT_TRUE(connect(target).stream);
    target.tls->server_name.clear();
    target.tls->verify_host = false;
    EXPECT_TRUE(connect(target).stream);
}

TEST_F(ConnectorTest, shows_a_client_certificate_to_a_server_that_asks_for_one) {
    auto options = tls_server("server");
    options.tls->ca_file = test_certificates + "/ca.pem";
    options.tls->require_client_certificate = true;
    Listener listener(loop_, options);
    keep(listener);
    auto target = tls_target(listener);
    target.tls->certificate_file = test_certificates + "/client.pem";
    target.tls->key_file = test_certificates + "/client-key.pem";
    EXPECT_TRUE(connect(target).stream);
    EXPECT_TRUE(run_until([&] { return !accepted_.empty(); }));
    EXPECT_EQ(accepted_.front()->peer_certificate_name(), "hiratake-test-client");
}

TEST_F(ConnectorTest, names_the_file_that_it_cannot_use) {
    ConnectTarget target{.host = "127.0.0.1", .port = 1, .tls = TlsClientOptions{}, .socket = {}};
    target.tls->ca_file = "no-such-file.pem";
    EXPECT_EQ(
        connect(target).message,
        "cannot connect to 127.0.0.1:1: cannot use the TLS CA file 'no-such-file.pem': No such file or directory");
    target.tls->ca_file = __FILE__;
    EXPECT_NE(connect(target).message.find("cannot use the TLS CA file"), std::string::npos);
    target.tls->ca_file = test_certificates + "/ca.pem";
    target.tls->certificate_file = test_certificates + "/client.pem";
    EXPECT_NE(connect(target).message.find("needs both"), std::string::npos);
    target.tls->key_file = test_certificates + "/server-key.pem";
    EXPECT_NE(connect(target).message.find("key file"), std::string::npos);
}

TEST_F(ConnectorTest, says_that_the_peer_does_not_speak_tls) {
    Listener listener(loop_, {});
    std::unique_ptr<ByteStream> server;
    listener.start([&](std::unique_ptr<ByteStream> stream) {
        server = std::move(stream);
        server->async_write("HTTP/1.1 400 Bad Request\r\n\r\n", [](ErrorCode) {});
    });
    const auto result = connect(tls_target(listener));
    EXPECT_NE(result.message.find("the TLS handshake failed: wrong version number"), std::string::npos)
        << result.message;
}

}  // namespace
}  // namespace hiratake::net
