#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "hiratake/base/clock.hpp"
#include "support/http_client.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// A dependency that shows a worker its own context.
struct ContextProbe {
    const WorkerContext* context = nullptr;

    class Provider final : public DependencyProviderOf<ContextProbe> {
        void provide(ContextProbe& member, WorkerContext& context) override { member.context = &context; }
    };
    std::unique_ptr<DependencyProvider> make_provider() const { return std::make_unique<Provider>(); }
};

struct Shop {
    static constexpr auto name = "test_operations_shop";
    RpcProxy self{"test_operations_shop"};
    ContextProbe probe;

    long price(long id) {
        if (id < 0) throw std::invalid_argument("there is no such item");
        return id * 2;
    }
    long remote_price(long id) { return self.call<long>("price", id); }
    void on_paid(Value) {}
    /// What the callee of the callee of a request knows of it.
    std::string trace() {
        const Object& data = probe.context->data();
        return std::string{probe.context->call_id_stack().front()} + " " + data.find("traceparent")->as_string() + " " +
               data.find("tenant")->as_string();
    }
    std::string remote_trace() { return self.call<std::string>("trace"); }

    static void define(Service<Shop>& shop) {
        shop.rpc<&Shop::price>("id").expects<std::invalid_argument>();
        shop.on_event<&Shop::on_paid>("test_operations_payments", "paid");
        shop.rpc<&Shop::trace>();
        shop.get<&Shop::remote_trace>("/trace");
        shop.get<&Shop::remote_price>("/prices/{id}", "id");
    }
};

/// A service that speaks HTTP, over each of the brokers.
class Operations : public test::ServiceTest {
  protected:
    void run_shop() {
        run<Shop>(Config{Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"},
                                {"http", Object{{"context_headers", Object{{"X-Tenant", "tenant"}}}}}}});
    }
    /// The server says in the log where it listens.
    std::string get(const std::string& path, const std::string& headers = "") {
        const std::string log = whole_log();
        const std::string before_port = "serves HTTP on http://127.0.0.1:";
        const auto at = log.find(before_port);
        if (at == std::string::npos) return "not listening";
        return client_.send(static_cast<std::uint16_t>(std::stoi(log.substr(at + before_port.size()))), "GET " + path,
                            headers);
    }
    /// Asks until the answer begins so, and returns it.
    std::string wait_for(const std::string& path, const std::string& beginning) {
        const TimePoint give_up = SystemClock{}.now() + 20s;
        std::string answer = get(path);
        while (!answer.starts_with(beginning) && SystemClock{}.now() < give_up) answer = get(path);
        return answer;
    }

  private:
    test::HttpClient client_;
};

TEST_P(Operations, health_tells_of_each_consumer) {
    if (IsSkipped()) return;
    run_shop();
    const std::string consumer = R"("consumer rpc-test_operations_shop":)";
    const std::string event_consumer = R"("consumer evt-test_operations_payments-paid--test_operations_shop.on_paid":)";
    const std::string passes = R"({"status":"pass","state":"consuming"})";
    EXPECT_THAT(get("/health/ready"),
                AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr(R"({"status":"pass","parts":{)"),
                      HasSubstr(R"("broker":{"status":"pass","state":"connected"})"), HasSubstr(consumer + passes),
                      HasSubstr(event_consumer + passes), HasSubstr(R"("consumer rpc.reply-test_operations_shop-)"),
                      HasSubstr(R"("workers test_operations_shop":{"status":"pass","state":"available"})")));
    test::TcpGate* gate = broker().gate();
    if (!gate) return;
    gate->close();
    const std::string restoring = R"({"status":"fail","state":"restoring")";
    EXPECT_THAT(wait_for("/health/ready", "HTTP/1.1 503 "),
                AllOf(HasSubstr(R"("broker":{"status":"fail","state":"reconnecting")"), HasSubstr(consumer + restoring),
                      HasSubstr(event_consumer + restoring)));
    EXPECT_THAT(get("/health/live"), StartsWith("HTTP/1.1 200 ")) << "a restart would not mend it";
    gate->open();
    EXPECT_THAT(wait_for("/health/ready", "HTTP/1.1 200 "), HasSubstr(consumer + passes));
}

TEST_P(Operations, metrics_are_read_by_prometheus) {
    if (IsSkipped()) return;
    run_shop();
    EXPECT_THAT(get("/prices/4"), testing::EndsWith("\r\n\r\n8"));
    EXPECT_THAT(get("/prices/-1"), StartsWith("HTTP/1.1 500 "));
    const std::string answer = get("/metrics");
    const std::string text = answer.substr(answer.find("\r\n\r\n") + 4);
    const std::string calls = R"(hiratake_worker_calls_total{service="test_operations_shop",method=)";
    EXPECT_THAT(text, AllOf(HasSubstr(calls + R"("price",outcome="success"} 1)"),
                            HasSubstr(calls + R"("price",outcome="expected_error"} 1)"),
                            HasSubstr(calls + R"("remote_price",outcome="error"} 1)"),
                            HasSubstr("hiratake_entrypoint_workers_running{service=\"test_operations_shop\","
                                      "method=\"price\"} 0\n"),
                            HasSubstr(R"(hiratake_rpc_client_calls_total{service="test_operations_shop"} 2)"),
                            HasSubstr(R"(hiratake_http_requests_total{service="test_operations_shop",method="GET",)"
                                      R"(route="/prices/{id}",status="200"} 1)"),
                            HasSubstr("hiratake_broker_connections_total 1\n")));
    FILE* checker = popen("/usr/bin/python3 " HIRATAKE_HTTP_TEST_FOLDER "/check_metrics.py", "w");
    ASSERT_NE(checker, nullptr);
    EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), checker), text.size());
    EXPECT_EQ(pclose(checker), 0) << text;
}

TEST_P(Operations, request_ids_and_traces_travel_with_the_calls) {
    if (IsSkipped()) return;
    run_shop();
    const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    EXPECT_THAT(get("/trace", "X-Request-ID: request-7\r\ntraceparent: " + parent + "\r\nX-Tenant: acme\r\n"),
                AllOf(HasSubstr("\r\nX-Request-ID: request-7\r\n"),
                      testing::EndsWith("\r\n\r\nrequest-7 " + parent + " acme")));
}

INSTANTIATE_TEST_SUITE_P(AllBrokers, Operations, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
