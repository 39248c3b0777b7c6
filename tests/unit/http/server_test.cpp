#include "http/server.hpp"

#include <gmock/gmock.h>

#include <optional>

#include "net/connector.hpp"
#include "net/event_loop.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;

/// A server on a socket of the loopback interface, run by hand.
class ServerTest : public testing::Test {
  protected:
    struct Client {
        std::unique_ptr<net::ByteStream> stream;
        std::string received;
        std::array<char, 4096> buffer{};
        bool is_ended = false;

        void read() {
            stream->async_read_some(buffer, [this](net::ErrorCode error, std::size_t length) {
                received.append(buffer.data(), length);
                is_ended = bool{error};
                if (!error) read();
            });
        }
    };

    std::unique_ptr<Server> make_server(std::size_t max_connections = 10) {
        ServerOptions options;
        options.max_connections = max_connections;
        auto server = std::make_unique<Server>(
            loop_, options,
            [](Request request, Responder responder) {
                responder(Response::text(request.method + " " + request.path));
            },
            [](const Exchange&) {});
        server->start();
        return server;
    }
    std::unique_ptr<Client> connect(const Server& server) {
        auto client = std::make_unique<Client>();
        net::Connector connector(loop_);
        connector.async_connect({.host = "127.0.0.1", .port = server.port(), .tls = {}, .socket = {}},
                                Deadline::never(), [&](net::ConnectResult result) {
                                    ASSERT_TRUE(result.stream) << result.message;
                                    client->stream = std::move(result.stream);
                                    client->read();
                                });
        EXPECT_TRUE(run_until([&] { return client->stream != nullptr; }));
        return client;
    }
    template <class Condition>
    bool run_until(Condition condition) {
        return loop_.run_until(std::move(condition), std::chrono::seconds{20});
    }
    void close(Client& client) {
        client.stream.reset();
        run_until([&] { return client.is_ended; });
    }

    std::vector<std::string> lines_;
    Log log_{LogLevel::info, [this](const LogRecord& record) { lines_.emplace_back(record.message); }};
    SystemClock clock_;
    net::EventLoop loop_{log_, clock_};
};

TEST_F(ServerTest, serves_several_clients_and_forgets_those_that_go) {
    auto server = make_server();
    auto first = connect(*server);
    auto second = connect(*server);
    first->stream->async_write("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n", [](net::ErrorCode) {});
    second->stream->async_write("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n", [](net::ErrorCode) {});
    EXPECT_TRUE(run_until([&] { return !first->received.empty() && !second->received.empty(); }));
    EXPECT_THAT(first->received, HasSubstr("GET /1"));
    EXPECT_THAT(second->received, HasSubstr("GET /2"));
    EXPECT_EQ(server->connection_count(), 2u);
    close(*first);
    EXPECT_TRUE(run_until([&] { return server->connection_count() == 1; }));
    close(*second);
}

TEST_F(ServerTest, refuses_a_client_too_many) {
    auto server = make_server(1);
    auto first = connect(*server);
    EXPECT_TRUE(run_until([&] { return server->connection_count() == 1; }));
    auto second = connect(*server);
    EXPECT_TRUE(run_until([&] { return second->is_ended; }));
    EXPECT_THAT(second->received, testing::StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(second->received, HasSubstr("Retry-After: 1\r\n"));
    EXPECT_THAT(lines_, testing::Contains(HasSubstr("Refused a connection from 127.0.0.1")));
    close(*first);
}

TEST_F(ServerTest, drains) {
    auto server = make_server();
    auto client = connect(*server);
    EXPECT_TRUE(run_until([&] { return server->connection_count() == 1; }));
    bool is_empty = false;
    server->drain([&] { is_empty = true; });
    EXPECT_TRUE(run_until([&] { return client->is_ended; }));
    EXPECT_FALSE(is_empty) << "the client has not closed yet";
    client->stream.reset();
    EXPECT_TRUE(run_until([&] { return is_empty; }));
}

TEST_F(ServerTest, is_drained_at_once_without_clients) {
    auto server = make_server();
    bool is_empty = false;
    server->drain([&] { is_empty = true; });
    EXPECT_TRUE(run_until([&] { return is_empty; }));
}

TEST_F(ServerTest, may_go_while_clients_are_there) {
    auto server = make_server();
    auto client = connect(*server);
    EXPECT_TRUE(run_until([&] { return server->connection_count() == 1; }));
    server.reset();
    EXPECT_TRUE(run_until([&] { return client->is_ended; }));
}

}  // namespace
}  // namespace hiratake::http
