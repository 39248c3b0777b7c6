#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <string>

#include "hiratake/base/error.hpp"
#include "hiratake/service/waiting.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"
#include "test_socket.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using test::TestSocket;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

test::Journal journal;
std::shared_future<void> gate;
std::atomic<int> at_once;
std::atomic<int> most_at_once;

/// Suspends a worker that is a fiber, so that the test and the others go on.
void hold_up() {
    most_at_once = std::max(most_at_once.load(), ++at_once);
    run_blocking([opened = gate] { opened.wait_for(20s); });
    --at_once;
}

struct Desk {
    static constexpr auto name = "test_websocket_desk";

    void hold() {
        journal.add("hold");
        hold_up();
    }
    void book(std::string account, int number) {
        journal.add(account + " " + std::to_string(number));
        if (account == "slow") hold_up();
    }
    std::string quick() { return "done"; }

    static void define(Service<Desk>& desk) {
        desk.websocket<&Desk::hold>().max_workers(1);
        desk.websocket<&Desk::book>("account", "number").ordered_by("account");
        desk.websocket<&Desk::quick>();
    }
};

struct Misordered {
    static constexpr auto name = "test_websocket_misordered";
    void book(std::string) {}
    static void define(Service<Misordered>& service) {
        service.websocket<&Misordered::book>("account").ordered_by("acount");
    }
};

/// Methods of sockets that have limits and an order of their own.
class SocketLimits : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        at_once = most_at_once = 0;
        opening_ = {};
        gate = opening_.get_future().share();
        if (IsSkipped()) return;
        run<Desk>(Config{Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"}}});
        const std::string before_port = "serves HTTP on http://127.0.0.1:";
        const std::string log = whole_log();
        port_ = static_cast<std::uint16_t>(std::stoi(log.substr(log.find(before_port) + before_port.size())));
    }
    void TearDown() override {
        open_gate();
        ServiceTest::TearDown();
    }

    void open_gate() {
        if (!std::exchange(is_open_, true)) opening_.set_value();
    }
    static std::string booking(const std::string& account, int number) {
        return R"({"method": "book", "data": {"account": ")" + account + R"(", "number": )" + std::to_string(number) +
               "}}";
    }
    static bool succeeds(TestSocket& socket) { return socket.receive_json().find("success")->as_bool(); }

    std::uint16_t port_ = 0;

  private:
    std::promise<void> opening_;
    bool is_open_ = false;
};

TEST_P(SocketLimits, of_one_method_leave_the_others_workers) {
    TestSocket ann{port_};
    TestSocket bob{port_};
    TestSocket eve{port_};
    ann.send_text(R"({"method": "hold"})");
    EXPECT_THAT(journal.wait_for(1), ElementsAre("hold"));
    bob.send_text(R"({"method": "hold"})");
    EXPECT_EQ(*eve.call("quick", {}).find("data"), Value{"done"});
    open_gate();
    EXPECT_TRUE(succeeds(ann));
    EXPECT_TRUE(succeeds(bob));
    EXPECT_EQ(most_at_once, 1);
}

TEST_P(SocketLimits, let_calls_with_one_key_run_one_at_a_time_and_others_beside_them) {
    TestSocket ann{port_};
    TestSocket bob{port_};
    TestSocket eve{port_};
    ann.send_text(booking("slow", 1));
    EXPECT_THAT(journal.wait_for(1), ElementsAre("slow 1"));
    bob.send_text(booking("slow", 2));
    eve.send_text(booking("other", 3));
    EXPECT_TRUE(succeeds(eve));
    EXPECT_THAT(journal.wait_for(2), UnorderedElementsAre("slow 1", "other 3"));
    open_gate();
    EXPECT_TRUE(succeeds(ann));
    EXPECT_TRUE(succeeds(bob));
    EXPECT_EQ(most_at_once, 1);
}

TEST_P(SocketLimits, change_nothing_about_what_is_wrong) {
    TestSocket ann{port_};
    const auto error_of = [](const Value& reply) { return *reply.find("error")->find("exc_type"); };
    ann.send_text("no json");
    EXPECT_EQ(error_of(ann.receive_json()), Value{"MalformedRequest"});
    EXPECT_EQ(error_of(ann.call("nothing", {})), Value{"MethodNotFound"});
    EXPECT_EQ(error_of(ann.call("book", {{"number", 1}})), Value{"IncorrectSignature"});
    ann.send_text(R"({"method": "book", "data": [1]})");
    EXPECT_EQ(error_of(ann.receive_json()), Value{"IncorrectSignature"});
}

TEST_P(SocketLimits, are_refused_where_they_name_no_parameter) {
    ServiceRunner runner{Config{}.with("AMQP_URI", broker().uri()), log()};
    runner.add(define_service<Misordered>());
    EXPECT_THROW(runner.start(), ConfigurationError);
}

INSTANTIATE_TEST_SUITE_P(over, SocketLimits, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
