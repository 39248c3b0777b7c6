#include "http/http_server.hpp"

#include <gmock/gmock.h>

#include <optional>

#include "hiratake/base/error.hpp"
#include "hiratake/http/http_methods.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_builder.hpp"
#include "http/api_pages.hpp"
#include "support/http_client.hpp"
#include "support/test_environment.hpp"

namespace hiratake::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

template <class ServiceClass>
class TestService : public ServiceBuilder<ServiceClass>, public HttpMethods<TestService<ServiceClass>, ServiceClass> {};

struct Shop {
    static constexpr auto name = "shop";

    std::string hours() { return "nine to five"; }
    std::string login(std::string user, std::string) { return user; }
    void unlock(int) {}
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
        service.get<&Shop::login>("/login", "user", "password").sensitive({"password"});
        service.get<&Shop::unlock>("/pin", "pin").sensitive({"pin"});
        container_.emplace(std::move(service).finish(), environment_->environment);
        container_->setup();
        prepare(container_->shared<HttpServer>());
        container_->start();
        environment_->event_loop.start();
    }
    void start() {
        start([](HttpServer&) {});
    }

    std::string send(std::string_view request_line, std::string_view headers = "") {
        const auto& address = container_->shared<HttpServer>().address();
        const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        return client_.send(port, request_line, headers);
    }

    test::HttpClient client_;
    std::optional<test::TestEnvironment> environment_;
    std::optional<ServiceContainer> container_;
};

TEST_F(HttpServerTest, shows_no_sensitive_argument) {
    start();
    const auto refused = send("GET /pin?pin=99x99");
    EXPECT_THAT(refused, AllOf(HasSubstr(R"({"path":"query.pin","problem":"it does not fit","expected":"an integer"})"),
                               Not(HasSubstr("99x99"))));
}

TEST_F(HttpServerTest, names_the_request_in_problem_documents) {
    start();
    const std::string id = "3a8f0f4e-7d0c-4c8e-9a55-2f6f3f1f8a10";
    for (const auto* request_line : {"GET /no/such/path", "DELETE /hours", "GET /login"}) {
        EXPECT_THAT(send(request_line, "X-Request-ID: " + id + "\r\n"),
                    testing::EndsWith(R"("instance":"urn:uuid:)" + id + R"(","request_id":")" + id + "\"}"))
            << request_line;
    }
}

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

/// Answers when the handler has returned.
class LateRoute final : public RouteHandler {
  public:
    const std::string& http_method() const override { return http_method_; }
    const std::string& path() const override { return path_; }
    std::vector<std::string> sensitive_arguments() const override { return sensitive_arguments_; }
    void handle(Request request, Responder responder) override {
        loop_->post([path = request.path, waiting = std::make_shared<Responder>(std::move(responder))] {
            (*waiting)(Response::text("late answer to " + path));
        });
    }
    net::EventLoop* loop_ = nullptr;

  private:
    std::string http_method_ = "GET";
    std::string path_ = "/late/{secret}";
    std::vector<std::string> sensitive_arguments_{"secret"};
};

TEST_F(HttpServerTest, hands_requests_to_whatever_handles_a_route) {
    LateRoute route;
    start([&](HttpServer& server) {
        route.loop_ = &environment_->event_loop;
        server.add(route);
    });
    EXPECT_THAT(send("GET /late/s3cret"), HasSubstr("\r\n\r\nlate answer to /late/s3cret"));
    EXPECT_TRUE(environment_->logged("\"GET /late/{secret} HTTP/1.1\" 200 "));
}

TEST_F(HttpServerTest, makes_its_documents_anew_when_the_routes_have_changed) {
    start();
    EXPECT_THAT(send("GET /openapi.json"), HasSubstr(R"("/hours":{"get":{"tags":["shop"],"operationId")"));
    environment_->event_loop.post([&] {
        container_->definition().entrypoints.front()->options().doc("When we are there.");
        container_->shared<HttpServer>().renew_documents();
    });
    EXPECT_THAT(send("GET /openapi.json"), HasSubstr("When we are there"));
}

TEST_F(HttpServerTest, tells_its_health_and_metrics_unless_told_not_to) {
    start();
    EXPECT_THAT(send("GET /health/live"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(send("GET /health/ready"), HasSubstr(R"("http shop":{"status":"pass","state":"serving"})"));
    environment_->health.begin_to_stop();
    EXPECT_THAT(send("GET /health/ready"), StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(send("GET /health/live"), StartsWith("HTTP/1.1 200 "));
    const auto metrics = send("GET /metrics");
    EXPECT_THAT(metrics, HasSubstr("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    EXPECT_THAT(metrics, HasSubstr("hiratake_http_requests_total{service=\"shop\",method=\"GET\","
                                   "route=\"/health/ready\",status=\"503\"} 1\n"));
}

TEST_F(HttpServerTest, hides_its_health_and_metrics_when_told_to) {
    start([](HttpServer&) {}, {{"health", false}, {"metrics", false}});
    EXPECT_THAT(send("GET /health/live"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(send("GET /metrics"), HasSubstr("nine to five"));
}

TEST_F(HttpServerTest, names_each_request) {
    start();
    EXPECT_THAT(send("GET /hours", "X-Request-ID: from-outside\r\n"), HasSubstr("\r\nX-Request-ID: from-outside\r\n"));
    EXPECT_TRUE(environment_->logged("\"GET /hours HTTP/1.1\" 200 12 "));
    EXPECT_TRUE(environment_->logged(" from-outside "));
    EXPECT_THAT(send("GET /no/such/path"), testing::ContainsRegex("\r\nX-Request-ID: [0-9a-f-]{36}\r\n"));
}

TEST_F(HttpServerTest, answers_options) {
    start();
    EXPECT_THAT(send("OPTIONS /orders", "Origin: https://elsewhere.example\r\n"),
                AllOf(StartsWith("HTTP/1.1 204 "), HasSubstr("\r\nAllow: POST, OPTIONS\r\n"),
                      Not(HasSubstr("Access-Control"))));
    EXPECT_THAT(send("OPTIONS /no/such/path"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(send("OPTIONS *"),
                AllOf(StartsWith("HTTP/1.1 204 "), HasSubstr("\r\nAllow: "), HasSubstr("GET, HEAD")));
}

TEST_F(HttpServerTest, lets_the_named_origins_in) {
    const std::string allowed = "Origin: https://shop.example\r\n";
    start([](HttpServer&) {},
          {{"cors", Object{{"origins", Array{"https://shop.example"}}, {"credentials", true}, {"max_age", 60}}}});
    EXPECT_THAT(send("GET /hours", allowed),
                AllOf(HasSubstr("\r\nAccess-Control-Allow-Origin: https://shop.example\r\n"),
                      HasSubstr("\r\nAccess-Control-Allow-Credentials: true\r\n"), HasSubstr("\r\nVary: Origin\r\n")));
    EXPECT_THAT(
        send("GET /hours", "Origin: https://evil.example\r\n"),
        AllOf(StartsWith("HTTP/1.1 200 "), Not(HasSubstr("Access-Control")), HasSubstr("\r\nVary: Origin\r\n")));
    EXPECT_THAT(send("OPTIONS /orders", allowed + "Access-Control-Request-Method: POST\r\n"
                                                  "Access-Control-Request-Headers: content-type\r\n"),
                AllOf(StartsWith("HTTP/1.1 204 "), HasSubstr("\r\nAccess-Control-Allow-Methods: POST\r\n"),
                      HasSubstr("\r\nAccess-Control-Allow-Headers: content-type\r\n"),
                      HasSubstr("\r\nAccess-Control-Max-Age: 60\r\n")));
}

TEST_F(HttpServerTest, lets_every_origin_in_without_credentials) {
    start([](HttpServer&) {}, {{"cors", Object{{"origins", "*"}}}});
    EXPECT_THAT(send("GET /hours", "Origin: https://shop.example\r\n"),
                AllOf(HasSubstr("\r\nAccess-Control-Allow-Origin: *\r\n"), Not(HasSubstr("Vary"))));
    EXPECT_THROW(Cors{Config(Object{{"http", Object{{"cors", Object{{"origins", "*"}, {"credentials", true}}}}}})},
                 ConfigurationError);
}

TEST_F(HttpServerTest, keeps_sensitive_arguments_out_of_the_log) {
    start();
    send("GET /login?user=a&password=secret");
    EXPECT_TRUE(environment_->logged("\"GET /login?user=a&password=** HTTP/1.1\""));
    EXPECT_FALSE(environment_->logged("secret"));
}

TEST_F(HttpServerTest, has_live_documentation) {
    start();
    EXPECT_THAT(send("GET /openapi.json"), HasSubstr(R"("paths":{"/hours":{"get":{)"));
    EXPECT_THAT(send("GET /asyncapi.json"), HasSubstr(R"({"asyncapi":"3.0.0","info":{"title":"shop")"));
    EXPECT_THAT(send("GET /apidocs"), HasSubstr("\r\nLocation: apidocs/\r\n"));
    const std::string page = send("GET /apidocs/");
    EXPECT_THAT(page, HasSubstr("<script src=\"swagger-ui-bundle.js\">"));
    EXPECT_THAT(page, HasSubstr("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';"));
    EXPECT_EQ(page.substr(page.find("\r\n\r\n")), [&] {
        const std::string index = send("GET /apidocs/index.html");
        return index.substr(index.find("\r\n\r\n"));
    }());
    EXPECT_THAT(send("GET /asyncapi/"), HasSubstr("<script src=\"asyncapi.js\">"));
}

TEST_F(HttpServerTest, sends_pages_compressed_and_only_when_they_have_changed) {
    start();
    const std::string plain = send("GET /apidocs/swagger-ui.css");
    EXPECT_THAT(plain, HasSubstr("\r\nContent-Type: text/css; charset=utf-8\r\n"));
    EXPECT_THAT(plain, HasSubstr(".swagger-ui"));
    const std::string compressed = send("GET /apidocs/swagger-ui.css", "Accept-Encoding: br, gzip\r\n");
    EXPECT_THAT(compressed, HasSubstr("\r\nContent-Encoding: gzip\r\n"));
    EXPECT_LT(compressed.size(), plain.size() / 4);
    const std::size_t tag = plain.find("ETag: ") + 6;
    const std::string known = plain.substr(tag, plain.find('\r', tag) - tag);
    EXPECT_THAT(send("GET /apidocs/swagger-ui.css", "If-None-Match: " + known + "\r\n"), StartsWith("HTTP/1.1 304 "));
    EXPECT_THAT(send("GET /apidocs/swagger-ui.css", "If-None-Match: W/\"other\"\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpServerTest, has_no_documentation_that_is_switched_off) {
    start([](HttpServer&) {}, Object{{"docs", Object{{"openapi", false}}}});
    EXPECT_THAT(send("GET /openapi.json"), HasSubstr("nine to five")) << "the service's own variable path";
    EXPECT_THAT(send("GET /apidocs/"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(send("GET /asyncapi.json"), HasSubstr("asyncapi"));
}

}  // namespace
}  // namespace hiratake::http
