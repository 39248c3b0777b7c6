#include "hiratake/gateway/gateway.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/runner/service_runner.hpp"
#include "net/parker.hpp"
#include "support/http_client.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Calls of wait() end when the test lets them.
struct Gate {
    net::Parker arrived;
    net::Parker released;
};
Gate* gate = nullptr;

struct NotFound : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Shortage {
    long missing_cents;
};
struct TooLittle : ApplicationErrorOf<Shortage> {
    static constexpr auto path = "orders.TooLittle";
    static constexpr auto doc = "The card does not hold as much.";
    using ApplicationErrorOf::ApplicationErrorOf;
};
struct Expired : ApplicationError {
    static constexpr auto path = "orders.Expired";
    using ApplicationError::ApplicationError;
};

struct Order {
    long id;
    std::string customer;
    std::optional<double> discount;
};

struct ContextProbe {
    const WorkerContext* context = nullptr;

    class Provider final : public DependencyProviderOf<ContextProbe> {
        void provide(ContextProbe& member, WorkerContext& context) override { member.context = &context; }
    };
    std::unique_ptr<DependencyProvider> make_provider() const { return std::make_unique<Provider>(); }
};

struct Orders {
    static constexpr auto name = "test_gateway_orders";
    static constexpr auto exceptions = hiratake::exceptions<TooLittle, Expired>;
    ContextProbe probe;

    Order get(long id, std::string customer) {
        if (id == 404) throw NotFound("there is no order 404");
        if (id == 500) throw std::runtime_error("the secret of order 500");
        return {id, customer, std::nullopt};
    }
    std::string place(std::string tenant, Order order) { return tenant + " " + order.customer; }
    std::string trace() {
        const auto& ids = probe.context->call_id_stack();
        const std::vector<std::string> stack(ids.begin(), ids.end());
        const Object& data = probe.context->data();
        return stack.at(0) + " " + stack.at(1).substr(0, stack.at(1).rfind('.')) + " " +
               data.find("traceparent")->as_string();
    }
    long wait() {
        gate->arrived.unpark();
        return gate->released.park(Deadline::after(SystemClock{}.now(), 20s)) ? 1 : 0;
    }
    long hidden(long value) { return value; }
    void charge(std::string, long cents) {
        if (cents > 100) throw TooLittle{"the card holds 1 EUR", {.missing_cents = cents - 100}};
        throw Expired{"the card is too old"};
    }

    static void define(Service<Orders>& orders) {
        orders.rpc<&Orders::get>(Parameter("id").minimum(1), arg("customer", "nobody"))
            .doc("One order. It is a big one.");
        orders.rpc<&Orders::place>("tenant", "order");
        orders.rpc<&Orders::trace>();
        orders.rpc<&Orders::wait>();
        orders.rpc<&Orders::charge>(Parameter("card").pattern("^[0-9]+$"), "cents").sensitive({"card"});
    }
};

struct Front {
    static constexpr auto name = "test_gateway_front";

    std::string hello() { return "hello"; }

    static void define(Service<Front>& front) {
        front.get<&Front::hello>("/hello");
        front.add(gateway::publish(
            {.path = "/orders/{id}", .rpc = "test_gateway_orders.get", .errors = {{"NotFound", 404}}}));
        front.add(gateway::publish({.http_method = "POST",
                                    .path = "/orders",
                                    .rpc = "test_gateway_orders.place",
                                    .status = 201,
                                    .arguments = {{"tenant", "main"}}}));
        front.add(gateway::publish({.path = "/trace", .rpc = "test_gateway_orders.trace"}));
        front.add(gateway::publish({.path = "/wait", .rpc = "test_gateway_orders.wait"}));
        front.add(gateway::publish({.path = "/wait/briefly", .rpc = "test_gateway_orders.wait", .timeout = 50ms}));
        front.add(gateway::publish({.path = "/hidden", .rpc = "test_gateway_orders.hidden"}));
        front.add(
            gateway::publish({.path = "/charge", .rpc = "test_gateway_orders.charge", .errors = {{"Expired", 410}}}));
        front.add(gateway::publish({.path = "/nobody", .rpc = "test_gateway_nobody.call"}));
    }
};

/// A service with published methods of another, over each of the brokers.
class GatewayRoutes : public test::ServiceTest {
  protected:
    void run_gateway(const Config& config = {}) {
        gate = &gate_;
        run<Orders, Front>(config.with("WEB_SERVER_ADDRESS", "127.0.0.1:0"));
        wait_until_described();
    }
    /// The server says in the log where it listens.
    std::uint16_t port() const {
        const std::string before_port = "serves HTTP on http://127.0.0.1:";
        const std::string log = whole_log();
        return static_cast<std::uint16_t>(std::stoi(log.substr(log.find(before_port) + before_port.size())));
    }
    std::string send(const std::string& request_line, const std::string& headers = "", const std::string& body = "") {
        return test::HttpClient{}.send(port(), request_line, headers, body);
    }
    std::string post(const std::string& path, const std::string& body) {
        return send("POST " + path,
                    "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n", body);
    }
    std::future<std::string> begin_to_wait() {
        auto answer = std::async(std::launch::async, [this] { return send("GET /wait"); });
        EXPECT_TRUE(gate_.arrived.park(Deadline::after(SystemClock{}.now(), 20s)));
        return answer;
    }
    void wait_until_described() { EXPECT_TRUE(comes_to_be_logged("test_gateway_orders has described its methods")); }

    Gate gate_;
};

TEST_P(GatewayRoutes, pass_arguments_on_and_results_back) {
    if (IsSkipped()) return;
    run_gateway();
    EXPECT_THAT(send("GET /orders/17?customer=ada"),
                AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("\r\nContent-Type: application/json\r\n"),
                      EndsWith(R"({"id":17,"customer":"ada","discount":null})")));
    EXPECT_THAT(send("GET /orders/17"), HasSubstr(R"("customer":"nobody")"));
    EXPECT_THAT(post("/orders", R"({"order": {"id": 1, "customer": "ada", "discount": 0.5}})"),
                AllOf(StartsWith("HTTP/1.1 201 "), EndsWith(R"("main ada")")));
    EXPECT_THAT(send("GET /hello"), EndsWith("\r\n\r\nhello")) << "beside a route of the service itself";
}

TEST_P(GatewayRoutes, refuse_what_does_not_fit_before_it_is_sent) {
    if (IsSkipped()) return;
    run_gateway();
    EXPECT_THAT(send("GET /orders/0"), AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr(R"("path.id")")));
    EXPECT_THAT(post("/orders", R"({"order": {"id": "1"}, "tenant": "other"})"),
                AllOf(StartsWith("HTTP/1.1 422 "), HasSubstr(R"("body.order.id")"),
                      HasSubstr(R"("body.order.customer")"), HasSubstr(R"("body.tenant")")));
    EXPECT_THAT(send("GET /orders/1", "Accept: text/html\r\n"), StartsWith("HTTP/1.1 406 "));
    EXPECT_FALSE(logged("refused a request"));
}

TEST_P(GatewayRoutes, answer_remote_errors_with_their_status) {
    if (IsSkipped()) return;
    run_gateway();
    EXPECT_THAT(send("GET /orders/404"), AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("there is no order 404")));
    EXPECT_THAT(send("GET /orders/500"), AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("secret")),
                                               HasSubstr(R"("call_id":"test_gateway_front.test_gateway_orders.get.)")));
    EXPECT_TRUE(comes_to_be_logged("runtime_error the secret of order 500"));
    EXPECT_THAT(send("GET /hidden?value=5"), StartsWith("HTTP/1.1 502 "));
    EXPECT_THAT(send("GET /nobody"), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("\r\nRetry-After: 1\r\n")));
    EXPECT_THAT(send("GET /wait/briefly"), StartsWith("HTTP/1.1 504 "));
    gate_.released.unpark();
}

TEST_P(GatewayRoutes, know_the_exceptions_that_the_service_names) {
    if (IsSkipped()) return;
    run_gateway();
    EXPECT_THAT(send("GET /charge?card=1&cents=300"),
                AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("the card holds 1 EUR"),
                      HasSubstr(R"("exception":"orders.TooLittle","details":{"missing_cents":200})")));
    EXPECT_THAT(send("GET /charge?card=1&cents=5"),
                AllOf(StartsWith("HTTP/1.1 410 "), HasSubstr("the card is too old"), Not(HasSubstr("details"))));
    const std::string answer = send("GET /openapi.json");
    const Value document = parse_json(answer.substr(answer.find("\r\n\r\n") + 4));
    const Value& responses = *document.find("paths")->find("/charge")->find("get")->find("responses");
    EXPECT_THAT(write_json(*responses.find("400")),
                AllOf(HasSubstr("The card does not hold as much."), HasSubstr(R"("const": "orders.TooLittle")"),
                      HasSubstr(R"("$ref": "#/components/schemas/Shortage")"), Not(HasSubstr("Expired"))));
    EXPECT_THAT(write_json(*responses.find("410")), HasSubstr(R"("const": "orders.Expired")"));
}

TEST_P(GatewayRoutes, show_nothing_that_the_service_calls_sensitive) {
    if (IsSkipped()) return;
    run_gateway();
    EXPECT_THAT(send("GET /charge?card=s3cret&cents=5"),
                AllOf(StartsWith("HTTP/1.1 422 "), HasSubstr(R"("query.card")"), Not(HasSubstr("s3cret"))));
    EXPECT_TRUE(comes_to_be_logged("\"GET /charge?card=**&cents=5 HTTP/1.1\" 422"));
    EXPECT_THAT(send("GET /chrage?card=s3cret"), StartsWith("HTTP/1.1 404 "));
    EXPECT_TRUE(comes_to_be_logged("\"GET /chrage?** HTTP/1.1\" 404"));
    EXPECT_FALSE(logged("s3cret"));
    EXPECT_THAT(send("GET /openapi.json"), HasSubstr(R"("pattern":"^[0-9]+$","format":"password","writeOnly":true})"));
}

TEST_P(GatewayRoutes, carry_request_ids_and_traces) {
    if (IsSkipped()) return;
    run_gateway();
    const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    EXPECT_THAT(send("GET /trace", "X-Request-ID: request-7\r\ntraceparent: " + parent + "\r\n"),
                AllOf(HasSubstr("\r\nX-Request-ID: request-7\r\n"),
                      EndsWith("\"request-7 test_gateway_front.test_gateway_orders.trace " + parent + "\"")));
}

TEST_P(GatewayRoutes, hold_no_worker_while_they_wait) {
    if (IsSkipped()) return;
    run_gateway(Config{Object{{"max_workers", 1}, {"gateway", Object{{"max_calls", 1}}}}});
    auto answer = begin_to_wait();
    EXPECT_THAT(send("GET /hello"), EndsWith("hello"));
    EXPECT_THAT(send("GET /trace"), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("\r\nRetry-After: 1\r\n")))
        << "there is one call in flight, and there may be one";
    EXPECT_THAT(send("GET /metrics"), HasSubstr("hiratake_gateway_calls{service=\"test_gateway_front\"} 1\n"));
    gate_.released.unpark();
    EXPECT_THAT(answer.get(), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\n1")));
}

TEST_P(GatewayRoutes, are_answered_when_the_service_stops) {
    if (IsSkipped()) return;
    run_gateway();
    auto answer = begin_to_wait();
    auto stopped = std::async(std::launch::async, [this] { return stop(); });
    test::HttpClient client;
    const std::uint16_t server = port();
    while (!client.send(server, "GET /hello").empty()) continue;  // until it listens no more
    gate_.released.unpark();
    EXPECT_THAT(answer.get(), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\n1")));
    EXPECT_TRUE(stopped.get());
}

TEST_P(GatewayRoutes, tell_in_openapi_what_the_service_says) {
    if (IsSkipped()) return;
    run_gateway();
    const std::string answer = send("GET /openapi.json");
    const Value document = parse_json(answer.substr(answer.find("\r\n\r\n") + 4));
    const Value& get = *document.find("paths")->find("/orders/{id}")->find("get");
    EXPECT_EQ(get.find("summary")->as_string(), "One order");
    EXPECT_EQ(write_json(*get.find("parameters")),
              R"([{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 1, )"
              R"("format": "int64"}}, {"name": "customer", "in": "query", "schema": {"type": "string", )"
              R"("default": "nobody"}}])");
    EXPECT_THAT(write_json(*get.find("responses")->find("200")), HasSubstr(R"("$ref": "#/components/schemas/Order")"));
    const Value& post = *document.find("paths")->find("/orders")->find("post");
    EXPECT_THAT(write_json(*post.find("requestBody")),
                AllOf(HasSubstr(R"("order": {"$ref": "#/components/schemas/Order"})"), Not(HasSubstr("tenant"))));
    EXPECT_NE(document.find("components")->find("schemas")->find("Order"), nullptr);
    const Value& unknown = *document.find("paths")->find("/nobody")->find("get");
    EXPECT_EQ(unknown.find("parameters")->as_array().at(0).find("name")->as_string(), "arguments");
}

TEST_P(GatewayRoutes, of_a_configured_gateway_ask_for_credentials_where_it_has_users) {
    if (IsSkipped()) return;
    const Value routes = parse_json(R"({"name": "test_gateway", "routes": [
        {"path": "/orders/{id}", "rpc": "test_gateway_orders.get"},
        {"path": "/public/{id}", "rpc": "test_gateway_orders.get", "public": true}]})");
    const Config config{Object{{"AMQP_URI", broker().uri()},
                               {"WEB_SERVER_ADDRESS", "127.0.0.1:0"},
                               {"http", Object{{"users", Object{{"ada", "open sesame"}}}}},
                               {"gateway", routes}}};
    ServiceRunner runner{config, log()};
    runner.add(define_service<Orders>());
    runner.add(gateway::define_gateway(config));
    runner.start();
    wait_until_described();
    EXPECT_THAT(send("GET /orders/17"), AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("\r\nWWW-Authenticate: Basic ")));
    EXPECT_THAT(send("GET /orders/17", "Authorization: Basic YWRhOm9wZW4gc2VzYW1l\r\n"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(send("GET /public/17"), StartsWith("HTTP/1.1 200 "));
    const std::string answer = send("GET /openapi.json");
    const Value document = parse_json(answer.substr(answer.find("\r\n\r\n") + 4));
    EXPECT_NE(document.find("paths")->find("/orders/{id}")->find("get")->find("security"), nullptr);
    EXPECT_EQ(document.find("paths")->find("/public/{id}")->find("get")->find("security"), nullptr);
    EXPECT_TRUE(runner.stop());
}

INSTANTIATE_TEST_SUITE_P(AllBrokers, GatewayRoutes, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
