#include "http/http_server.hpp"

#include <gmock/gmock.h>

#include <optional>

#include "hiratake/http/http_methods.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_builder.hpp"
#include "net/connector.hpp"
#include "support/test_environment.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

template <class ServiceClass>
class TestService : public ServiceBuilder<ServiceClass>, public HttpMethods<TestService<ServiceClass>, ServiceClass> {};

struct Shop {
    static constexpr auto name = "shop";

    std::string hours() { return "nine to five"; }
};

/// A service with an HTTP server on a socket of the loopback interface, and a client.
class HttpServerTest : public testing::Test {
  protected:
    ~HttpServerTest() override {
        if (container_) container_->kill();
        environment_->event_loop.stop();
        environment_->event_loop.join();
    }

    template <class Prepare>
    void start(Prepare prepare, Object http = {}) {
        environment_.emplace(Config{Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"}, {"http", std::move(http)}}});
        TestService<Shop> service;
        service.get<&Shop::hours>("/hours");
        service.post<&Shop::hours>("/orders");
        service.get<&Shop::hours>("/{anything}");
        container_.emplace(std::move(service).finish(), environment_->environment);
        container_->setup();
        prepare(container_->shared<HttpServer>());
        container_->start();
        environment_->event_loop.start();
    }
    void start() {
        start([](HttpServer&) {});
    }

    /// Sends a request, with a Host, on a connection of its own and returns the whole answer.
    std::string send(const std::string& request_line, const std::string& headers = "") {
        std::unique_ptr<net::ByteStream> stream;
        const std::string bytes = request_line + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n" + headers + "\r\n";
        std::string received;
        std::array<char, 4096> buffer{};
        bool is_ended = false;
        std::function<void()> read = [&] {
            stream->async_read_some(buffer, [&](net::ErrorCode error, std::size_t length) {
                received.append(buffer.data(), length);
                is_ended = bool{error};
                if (!error) read();
            });
        };
        const auto& address = container_->shared<HttpServer>().address();
        const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        net::Connector connector(client_loop_);
        connector.async_connect({.host = "127.0.0.1", .port = port, .tls = {}, .socket = {}}, Deadline::never(),
                                [&](net::ConnectResult result) {
                                    stream = std::move(result.stream);
                                    stream->async_write(bytes, [](net::ErrorCode) {});
                                    read();
                                });
        EXPECT_TRUE(client_loop_.run_until([&] { return is_ended; }, std::chrono::seconds{20}));
        return received;
    }

    Log client_log_{LogLevel::error, [](LogLevel, std::string_view, std::string_view) {}};
    SystemClock client_clock_;
    net::EventLoop client_loop_{client_log_, client_clock_};
    std::optional<test::TestEnvironment> environment_;
    std::optional<ServiceContainer> container_;
};

TEST_F(HttpServerTest, answers_pages_of_the_framework_where_the_service_has_no_such_path) {
    start([](HttpServer& server) {
        for (const std::string path : {"/hours", "/orders", "/page"}) {
            server.add_built_in(path, [](const Request& request) { return Response::text("page " + request.path); });
        }
    });
    EXPECT_THAT(send("GET /page"), HasSubstr("\r\n\r\npage /page")) << "a text goes before a variable";
    EXPECT_THAT(send("HEAD /page"), testing::EndsWith("\r\n\r\n"));
    EXPECT_THAT(send("GET /hours"), HasSubstr("nine to five"));
    EXPECT_THAT(send("GET /orders"), StartsWith("HTTP/1.1 405 ")) << "the path is the service's";
    EXPECT_THAT(send("POST /page"), HasSubstr("\r\nAllow: GET, HEAD\r\n"));
}

}  // namespace
}  // namespace hiratake::http
