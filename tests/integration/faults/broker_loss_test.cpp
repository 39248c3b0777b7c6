#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/service/config.hpp"
#include "net/parker.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

struct Adder {
    static constexpr auto name = "test_faults_adder";

    long add(long x, long y) { return x + y; }

    static void define(Service<Adder>& adder) { adder.rpc<&Adder::add>("x", "y"); }
};

/// How a method is held up until the test lets it go on.
struct Gateway {
    net::Parker entered;
    net::Parker released;
};
// Shared between a test and the worker that it holds up, which may outlast it.
std::shared_ptr<Gateway> gateway;

struct Sleeper {
    static constexpr auto name = "test_faults_sleeper";

    std::string wait() {
        const std::shared_ptr<Gateway> held_by = gateway;
        held_by->entered.unpark();
        held_by->released.park(Deadline{SystemClock{}.now() + 20s});
        return "done";
    }

    static void define(Service<Sleeper>& sleeper) { sleeper.rpc<&Sleeper::wait>(); }
};

/// Over the brokers that can be lost.
class BrokerLoss : public test::ServiceTest {
  protected:
    void wait_until_ready() { runner().connection().wait_until_ready(Deadline{SystemClock{}.now() + 20s}); }
};

TEST_P(BrokerLoss, ends_each_call_with_its_result_or_an_error_that_says_so) {
    if (IsSkipped()) return;
    run<Adder>(Config{Object{{"rpc_timeout", 10}}});
    RpcProxy adder = service("test_faults_adder");
    std::atomic<bool> stop_calling = false;
    std::atomic<int> results = 0;
    std::atomic<int> wrong = 0;
    std::atomic<int> errors = 0;
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
        callers.emplace_back([&] {
            for (long i = 0; !stop_calling; ++i) {
                try {
                    if (adder.call<long>("add", i, 1) != i + 1) ++wrong;
                    ++results;
                } catch (const RpcError&) {
                    ++errors;
                }
            }
        });
    }
    const auto wait_for_results = [&](int more) {
        const int wanted = results + more;
        const TimePoint give_up = SystemClock{}.now() + 20s;
        while (results < wanted && SystemClock{}.now() < give_up) std::this_thread::yield();
        return results >= wanted;
    };
    EXPECT_TRUE(wait_for_results(100));
    for (int loss = 0; loss < 3; ++loss) {
        broker().gate()->cut();
        EXPECT_TRUE(wait_for_results(100)) << "after loss " << loss << "\n" << whole_log();
    }
    stop_calling = true;
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(errors, 0) << whole_log();
    EXPECT_TRUE(comes_to_be_logged("Connected to amqp://guest:**@127.0.0.1"));
    EXPECT_TRUE(stop());
}

TEST_P(BrokerLoss, that_lasts_ends_a_call_at_its_timeout) {
    if (IsSkipped()) return;
    run<Adder>();
    RpcProxy adder = service("test_faults_adder");
    EXPECT_EQ(adder.call<long>("add", 1, 1), 2);
    broker().gate()->close();
    const TimePoint before = SystemClock{}.now();
    EXPECT_THROW(adder.with_timeout(500ms).call<long>("add", 1, 1), RpcError);
    EXPECT_LT(SystemClock{}.now() - before, 5s);
    broker().gate()->open();
    wait_until_ready();
    EXPECT_EQ(adder.call<long>("add", 2, 2), 4);
}

TEST_P(BrokerLoss, does_not_keep_a_service_from_stopping) {
    if (IsSkipped()) return;
    run<Adder>(Config{Object{{"stop_timeout", 10}}});
    EXPECT_EQ(service("test_faults_adder").call<long>("add", 1, 1), 2);
    broker().gate()->close();
    const TimePoint before = SystemClock{}.now();
    stop();
    EXPECT_LT(SystemClock{}.now() - before, 9s);
}

TEST_P(BrokerLoss, at_start_is_waited_out) {
    if (IsSkipped()) return;
    broker().gate()->close();
    std::thread opener([&] {
        // The runner has tried at least once when the loss is in its log.
        const TimePoint give_up = SystemClock{}.now() + 20s;
        while (!logged(". Trying ") && SystemClock{}.now() < give_up) std::this_thread::yield();
        broker().gate()->open();
    });
    run<Adder>();
    opener.join();
    EXPECT_EQ(service("test_faults_adder").call<long>("add", 1, 1), 2) << whole_log();
}

TEST_P(BrokerLoss, is_no_excuse_for_a_wrong_password_or_vhost_which_end_the_start) {
    if (IsSkipped()) return;
    const std::string port = std::to_string(broker().gate()->port());
    const auto start = [&](const std::string& uri) {
        ServiceRunner refused{Config{Object{{"AMQP_URI", uri}}}, log()};
        refused.add(define_service<Adder>());
        refused.start();
    };
    EXPECT_THROW(start("amqp://guest:wrong@127.0.0.1:" + port + "/"), client::AuthenticationError);
    EXPECT_THROW(start("amqp://guest:guest@127.0.0.1:" + port + "/no_such_vhost"), client::VhostError);
    EXPECT_FALSE(logged("wrong")) << whole_log();
}

/// With a caller elsewhere, for which the broker must be reachable.
class StoppingBesideOthers : public test::ServiceTest {};

class Stopping : public test::ServiceTest {};

TEST_P(StoppingBesideOthers, waits_for_a_running_worker_whose_reply_still_arrives) {
    if (IsSkipped()) return;
    gateway = std::make_shared<Gateway>();
    run<Sleeper>();
    const auto caller = separate_cluster();
    auto reply = caller->service("test_faults_sleeper").call_async<std::string>("wait");
    ASSERT_TRUE(gateway->entered.park(Deadline{SystemClock{}.now() + 10s}));

    std::atomic<bool> stopped_in_order = false;
    std::thread stopper([&] { stopped_in_order = stop(); });
    gateway->released.unpark();
    stopper.join();
    EXPECT_TRUE(stopped_in_order);
    EXPECT_EQ(reply.result(), "done");
}

TEST_P(Stopping, gives_up_on_a_worker_at_the_stop_timeout) {
    if (IsSkipped()) return;
    gateway = std::make_shared<Gateway>();
    run<Sleeper>(Config{Object{{"stop_timeout", 0.2}}});
    const auto reply = service("test_faults_sleeper").call_async<std::string>("wait");
    ASSERT_TRUE(gateway->entered.park(Deadline{SystemClock{}.now() + 10s}));
    EXPECT_FALSE(runner().stop());
    EXPECT_TRUE(comes_to_be_logged("still run at the stop deadline")) << whole_log();
    gateway->released.unpark();
}

INSTANTIATE_TEST_SUITE_P(over, BrokerLoss, testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq),
                         test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, StoppingBesideOthers,
                         testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq), test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, Stopping, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
