#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hiratake/hiratake.hpp"
#include "hiratake/http_client.hpp"
#include "hiratake/testing.hpp"
#include "net/parker.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

constexpr auto traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// What the test and the workers of Stock share; one for each test.
struct Warehouse {
    std::atomic<int> busy = 0;
    std::atomic<int> most_busy = 0;
    net::Parker arrived;
    std::promise<void> open;
    std::shared_future<void> is_open{open.get_future()};
};
Warehouse* warehouse = nullptr;

/// The server that is called.
struct Stock {
    static constexpr auto name = "stock";

    http::Response echo(http::Request request) {
        const auto header = [&request](const char* header_name) {
            const std::string* value = request.headers.find(header_name);
            return value ? Value{*value} : Value{nullptr};
        };
        return http::Response::json(Object{{"method", request.method},
                                           {"target", request.target},
                                           {"body", request.body},
                                           {"peer", request.peer_address},
                                           {"request_id", header("X-Request-ID")},
                                           {"traceparent", header("traceparent")},
                                           {"key", header("X-Key")},
                                           {"content_type", header("Content-Type")}});
    }
    http::Response moved(long times) {
        const std::string target = times > 1 ? "/moved/" + std::to_string(times - 1) : "/echo";
        return {.status = 302, .headers = {{"Location", target}}, .body = ""};
    }
    std::string letters(long count) { return std::string(static_cast<std::size_t>(count), 'a'); }
    /// Answers when the test opens the warehouse.
    void wait() {
        const int busy = ++warehouse->busy;
        int most = warehouse->most_busy;
        while (busy > most && !warehouse->most_busy.compare_exchange_weak(most, busy)) {
        }
        warehouse->arrived.unpark();
        warehouse->is_open.wait();
        --warehouse->busy;
    }

    static void define(Service<Stock>& stock) {
        for (const char* method : {"GET", "POST", "PUT", "DELETE"}) stock.route<&Stock::echo>(method, "/echo");
        stock.get<&Stock::moved>("/moved/{times}", "times");
        stock.post<&Stock::moved>("/moved/{times}", "times");
        stock.get<&Stock::letters>("/letters", "count");
        stock.get<&Stock::wait>("/wait");
    }
};

struct Shop {
    static constexpr auto name = "shop";
    HttpClient stock{"stock"};

    Value get(std::string url) { return stock.get(std::move(url)).require_success().json<Value>(); }
    long size_of(std::string url) { return static_cast<long>(stock.get(std::move(url)).body.size()); }
    std::string coding_of(std::string url) { return *stock.get(std::move(url)).headers.find("Content-Encoding"); }
    Value post(std::string url, Value payload) { return stock.post(std::move(url), payload).json<Value>(); }
    Value send(std::string method, std::string url) {
        return stock.send({.method = std::move(method), .url = std::move(url), .headers = {{"X-Key", "own"}}})
            .json<Value>();
    }
    long status_of_post(std::string url) { return stock.post(std::move(url), Object{}).status; }

    static void define(Service<Shop>& shop) {
        shop.rpc<&Shop::get>("url");
        shop.rpc<&Shop::size_of>("url");
        shop.rpc<&Shop::coding_of>("url");
        shop.rpc<&Shop::post>("url", "payload");
        shop.rpc<&Shop::send>("method", "url");
        shop.rpc<&Shop::status_of_post>("url");
    }
};

class HttpClientTest : public ::testing::Test {
  protected:
    HttpClientTest() { warehouse = &shared_; }
    ~HttpClientTest() override {
        shared_.open.set_value();
        runner_.reset();
        server_.reset();
        warehouse = nullptr;
    }

    /// @param settings of the client; its base_url is that of Stock
    void run(Config settings = {}, const char* scheme = "http") {
        settings = settings.with("http_clients.stock.proxy", "").with("http.compression", true);
        // Two runners, so that the address is known when the client is configured.
        server_ = std::make_unique<testing::TestRunner>(settings);
        server_->add(define_service<Stock>());
        server_->start();
        url_ = scheme + ("://127.0.0.1:" + std::to_string(server_->http_port("stock")));
        runner_ = std::make_unique<testing::TestRunner>(settings.with("http_clients.stock.base_url", url_));
        runner_->add(define_service<Shop>());
        runner_->start();
    }
    testing::TestRunner& runner() { return *runner_; }
    const std::string& url() const { return url_; }
    Warehouse& shared() { return shared_; }

    /// What Shop::get throws.
    template <class Exception = HttpClientError>
    std::string failure(const std::string& target) {
        try {
            runner_->fire<&Shop::get>(target);
        } catch (const Exception& error) {
            return error.what();
        }
        return "nothing thrown";
    }

  private:
    Warehouse shared_;
    std::unique_ptr<testing::TestRunner> server_;
    std::unique_ptr<testing::TestRunner> runner_;
    std::string url_;
};

TEST_F(HttpClientTest, sends_the_call_id_and_the_trace_along) {
    run();
    auto gets = runner().waiter<&Shop::get>();
    const Value seen = runner().fire_with_context<&Shop::get>({{"traceparent", traceparent}}, "/echo?of=tea");
    EXPECT_EQ(*seen.find("target"), Value{"/echo?of=tea"});
    EXPECT_EQ(*seen.find("traceparent"), Value{traceparent});
    EXPECT_EQ(*seen.find("request_id"), Value{gets.wait()[0].call_id});
}

TEST_F(HttpClientTest, sends_any_method_and_the_configured_headers_unless_the_request_has_its_own) {
    run(Config{}.with("http_clients.stock.headers", Object{{"x-key", "configured"}}));
    EXPECT_EQ(*runner().fire<&Shop::get>("/echo").find("key"), Value{"configured"});
    for (const char* method : {"POST", "PUT", "DELETE"}) {
        const Value seen = runner().fire<&Shop::send>(method, "/echo");
        EXPECT_EQ(*seen.find("method"), Value{method});
        EXPECT_EQ(*seen.find("key"), Value{"own"});
    }
    const Value seen = runner().fire<&Shop::post>("/echo", Value{Array{1, "tea"}});
    EXPECT_EQ(*seen.find("body"), Value{"[1,\"tea\"]"});
    EXPECT_EQ(*seen.find("content_type"), Value{"application/json"});
}

TEST_F(HttpClientTest, uses_a_connection_again) {
    run();
    std::set<std::string> peers;
    for (int i = 0; i < 3; ++i) peers.insert(runner().fire<&Shop::get>("/echo").find("peer")->as_string());
    EXPECT_EQ(peers.size(), 1u);
}

TEST_F(HttpClientTest, decompresses) {
    run();
    EXPECT_EQ(runner().fire<&Shop::size_of>("/letters?count=100000"), 100'000);
    EXPECT_EQ(runner().fire<&Shop::coding_of>("/letters?count=100000"), "gzip");
}

TEST_F(HttpClientTest, has_a_bound_for_answers_even_when_they_are_compressed) {
    run(Config{}.with("http_clients.stock.max_response_bytes", 50'000));
    EXPECT_EQ(runner().fire<&Shop::size_of>("/letters?count=50000"), 50'000);
    EXPECT_EQ(failure("/letters?count=50001"),
              "GET " + url() + "/letters?** failed: its answer has more than max_response_bytes (50000) bytes");
}

TEST_F(HttpClientTest, follows_a_bounded_number_of_redirections_of_what_is_safe_to_repeat) {
    run(Config{}.with("http_clients.stock.max_redirects", 3));
    EXPECT_EQ(*runner().fire<&Shop::get>("/moved/3").find("target"), Value{"/echo"});
    EXPECT_EQ(failure("/moved/4"),
              "GET " + url() + "/moved/4 failed: it was redirected more than max_redirects (3) times");
    EXPECT_EQ(runner().fire<&Shop::status_of_post>("/moved/1"), 302);
}

TEST_F(HttpClientTest, names_what_went_wrong_and_no_secrets) {
    run();
    EXPECT_EQ(failure<UnexpectedHttpStatus>("/nowhere"), "GET " + url() + "/nowhere was answered with status 404");
    EXPECT_EQ(failure("ftp://127.0.0.1/"),
              "GET ftp://127.0.0.1/ failed: neither http:// nor https://, or redirected from https:// to http://");
    const std::string refused = failure("http://user:hush@127.0.0.1:1/orders?token=hush");
    EXPECT_TRUE(refused.starts_with("GET http://user:**@127.0.0.1:1/orders?** failed: Failed to connect")) << refused;
    EXPECT_THROW(runner().fire<&Shop::send>("GET /", "/echo"), HttpClientError);
    EXPECT_NE(failure("http://127.0.0.1/\r\nX-Key: 1"), "nothing thrown");
}

TEST_F(HttpClientTest, trusts_only_known_authorities) {
    const std::string folder = HIRATAKE_TEST_CERTIFICATES;
    const Config server = Config{}
                              .with("http.tls.certificate_file", folder + "/server.pem")
                              .with("http.tls.key_file", folder + "/server-key.pem");
    run(server, "https");
    EXPECT_NE(failure("/echo").find("SSL certificate problem"), std::string::npos) << failure("/echo");
    run(server.with("http_clients.stock.ca_file", folder + "/ca.pem"), "https");
    EXPECT_EQ(*runner().fire<&Shop::get>("/echo").find("target"), Value{"/echo"});
}

TEST_F(HttpClientTest, waits_no_longer_than_its_timeout) {
    run(Config{}.with("http_clients.stock.timeout", 5));
    auto waiting = std::async(std::launch::async, [this] { return failure<HttpClientTimeout>("/wait"); });
    shared().arrived.park();
    runner().advance(5s);
    EXPECT_EQ(waiting.get(), "GET " + url() + "/wait failed: no answer within 5 s");
}

TEST_F(HttpClientTest, waits_no_longer_than_the_caller_of_its_worker) {
    run();
    auto gets = runner().waiter<&Shop::get>();
    auto waiting = runner().service("shop").with_timeout(3s).call_async<Value>("get", "/wait");
    shared().arrived.park();
    runner().advance(3s);
    EXPECT_THROW(std::rethrow_exception(gets.wait()[0].error), HttpClientTimeout);
    EXPECT_THROW(waiting.result(), RpcError);
}

TEST_F(HttpClientTest, suspends_only_the_fiber_that_waits) {
    run(Config{}.with("http_clients.stock.max_connections", 20).with("workers", "fibers").with("max_workers", 20));
    std::vector<Reply<Value>> replies;
    for (int i = 0; i < 100; ++i) replies.push_back(runner().service("shop").call_async<Value>("get", "/echo"));
    for (auto& reply : replies) EXPECT_EQ(*reply.result().find("target"), Value{"/echo"});
}

TEST_F(HttpClientTest, has_so_many_connections_and_no_more) {
    run(Config{}.with("http_clients.stock.max_connections", 2));
    auto sizes = runner().waiter<&Shop::size_of>();
    const auto waiting = [this] { return runner().service("shop").call_async<long>("size_of", "/wait"); };
    std::vector<Reply<long>> replies;
    for (int i = 0; i < 5; ++i) replies.push_back(waiting());
    shared().arrived.park();
    while (shared().busy < 2) shared().arrived.park();
    shared().open.set_value();
    sizes.wait(5);
    EXPECT_EQ(shared().most_busy, 2);
    shared().open = {};
}

TEST_F(HttpClientTest, fails_what_is_under_way_when_the_service_is_killed) {
    run();
    auto gets = runner().waiter<&Shop::get>();
    const auto waiting = runner().service("shop").call_async<Value>("get", "/wait");
    shared().arrived.park();
    runner().container("shop").kill();
    try {
        std::rethrow_exception(gets.wait()[0].error);
    } catch (const HttpClientError& error) {
        EXPECT_EQ(error.what(), "GET " + url() + "/wait failed: the service is ending");
    }
}

TEST_F(HttpClientTest, finds_no_port_of_a_service_without_routes) {
    run();
    EXPECT_THROW(runner().http_port("shop"), ConfigurationError);
}

TEST(FakeHttpServer, stands_for_a_server) {
    testing::FakeHttpServer server;
    server.returns("GET /items", {.status = 200, .body = "[3]"});
    Shop shop{.stock = server.client()};
    EXPECT_EQ(shop.get("/items"), (Value{Array{3}}));
    EXPECT_EQ(server.requests().at(0).url, "/items");
    EXPECT_THROW(shop.get("/others"), HttpClientError);
}

}  // namespace
}  // namespace hiratake
