#include <gmock/gmock.h>

#include <memory>
#include <optional>
#include <string>

#include "support/service_test.hpp"
#include "test_socket.hpp"

namespace hiratake {
namespace {

using test::TestSocket;
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

std::optional<http::Principal> verify(const std::string& token) {
    if (token != "of-ann") return std::nullopt;
    return http::Principal{"ann", {}};
}

/// Asks for credentials.
struct Club {
    static constexpr auto name = "test_websocket_club";
    http::BearerAuth caller{&verify};
    ContextProbe probe;
    RpcProxy self{"test_websocket_club"};

    std::string who() { return caller.user_id(); }
    /// What the callee of a socket's call knows of it.
    std::string trace() {
        const Object& data = probe.context->data();
        return std::string{probe.context->call_id_stack().front()} + " " + data.find("user_id")->as_string() + " " +
               data.find("traceparent")->as_string() + " " + data.find("tenant")->as_string();
    }
    std::string remote_trace() { return self.call<std::string>("trace"); }

    static void define(Service<Club>& club) {
        club.websocket<&Club::who>();
        club.websocket<&Club::remote_trace>();
        club.rpc<&Club::trace>();
    }
};

class SocketContext : public test::ServiceTest {
  protected:
    void run_club() {
        run<Club>(Config{Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"},
                                {"http", Object{{"context_headers", Object{{"X-Tenant", "tenant"}}}}}}});
        const std::string before_port = "serves HTTP on http://127.0.0.1:";
        const std::string log = whole_log();
        port_ = static_cast<std::uint16_t>(std::stoi(log.substr(log.find(before_port) + before_port.size())));
    }

    std::uint16_t port_ = 0;
};

TEST_P(SocketContext, goes_with_the_calls_that_a_socket_causes) {
    if (IsSkipped()) return;
    run_club();
    const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    TestSocket socket(
        port_,
        "Authorization: Bearer of-ann\r\nX-Request-ID: request-7\r\nX-Tenant: acme\r\ntraceparent: " + parent + "\r\n");
    for (int call = 0; call < 2; ++call) {
        EXPECT_EQ(*socket.call("who", {}).find("data"), Value{"ann"});
        EXPECT_EQ(*socket.call("remote_trace", {}).find("data"), Value{"request-7 ann " + parent + " acme"});
    }
}

TEST_P(SocketContext, a_client_without_valid_credentials_gets_no_socket) {
    if (IsSkipped()) return;
    run_club();
    for (const auto* credentials : {"", "Authorization: Bearer of-nobody\r\n"}) {
        EXPECT_THAT(test::head_of_answer(port_, test::opening_request(credentials)),
                    AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("\r\nWWW-Authenticate: Bearer realm=")));
    }
}

INSTANTIATE_TEST_SUITE_P(over, SocketContext, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
