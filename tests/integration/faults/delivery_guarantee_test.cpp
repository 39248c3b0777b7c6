#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/amqp/topology.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/events/standalone_event_dispatcher.hpp"
#include "hiratake/service/config.hpp"
#include "net/parker.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

Deadline soon() {
    return Deadline{SystemClock{}.now() + 20s};
}

/// How often each method has begun, and what holds them up. Shared between a test and its workers, which may outlast
/// it.
struct Progress {
    std::atomic<std::size_t> begun = 0;
    net::Parker entered;
    std::array<net::Parker, 4> released;

    void pass() {
        net::Parker& mine = released.at(begun++);
        entered.unpark();
        mine.park(soon());
    }
    void release_all() {
        for (net::Parker& each : released) each.unpark();
    }
};
std::shared_ptr<Progress> progress;

struct Worker {
    static constexpr auto name = "test_guarantee_worker";
    EventDispatcher dispatch;

    std::string wait() {
        const std::shared_ptr<Progress> held_by = progress;
        held_by->pass();
        return "done";
    }
    long echo(long number) { return number; }
    void announce() { dispatch("announced", 1); }
    void on_announced(const Value&) { wait(); }
    void on_reliable(const Value&) { wait(); }

    static void define(Service<Worker>& worker) {
        worker.rpc<&Worker::wait>();
        worker.rpc<&Worker::echo>("number");
        worker.rpc<&Worker::announce>();
        worker.on_event<&Worker::on_announced>(name, "announced");
        worker.on_event<&Worker::on_reliable>("test_guarantee_others", "announced", {.requeue_on_error = true});
    }
};

struct Announcer {
    static constexpr auto name = "test_guarantee_announcer";
    EventDispatcher dispatch;

    long announce(long number) {
        dispatch("announced", number);
        return number;
    }

    static void define(Service<Announcer>& announcer) { announcer.rpc<&Announcer::announce>("number"); }
};

const Config best_effort{Object{{"delivery", Object{{"rpc", "best_effort"}, {"events", "best_effort"}}}}};

class BestEffort : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        progress = std::make_shared<Progress>();
    }
    RpcProxy worker() { return service("test_guarantee_worker"); }
    /// A call there and back, behind which everything that was written before has been read.
    void settle_down() { EXPECT_EQ(worker().call<long>("echo", 1), 1); }
};

TEST_P(BestEffort, calls_and_events_arrive_and_are_transient) {
    if (IsSkipped()) return;
    run<Worker>(best_effort);
    client::Connection& connection = runner().connection();
    std::mutex mutex;
    std::vector<std::string> seen;
    connection.declare(
        {amqp::Queue{.name = "test_guarantee_tap", .durable = false, .auto_delete = true},
         amqp::Binding{.queue = "test_guarantee_tap", .exchange = "nameko-rpc", .routing_key = "#"},
         amqp::Binding{.queue = "test_guarantee_tap", .exchange = "test_guarantee_worker.events", .routing_key = "#"}});
    std::atomic<int> count = 0;
    net::Parker complete;
    const client::Consumer tap = connection.consume({.queue = "test_guarantee_tap"}, [&](client::Delivery delivery) {
        delivery.ack();
        const std::lock_guard lock{mutex};
        seen.push_back(std::to_string(delivery.properties().delivery_mode.value_or(0)));
        if (++count == 5) complete.unpark();
    });
    progress->release_all();
    // Not before the tap is there.
    while (tap.state() != client::ConsumerState::consuming) std::this_thread::yield();
    EXPECT_EQ(worker().call<long>("echo", 7), 7);
    worker().call<void>("announce");
    EXPECT_TRUE(complete.park(soon())) << count;
    EXPECT_TRUE(progress->entered.park(soon())) << "the event";
    const std::lock_guard lock{mutex};
    EXPECT_EQ(seen, std::vector<std::string>(5, "1"));
}

TEST_P(BestEffort, calls_of_an_unknown_service_end_at_once) {
    if (IsSkipped()) return;
    run<Worker>(best_effort);
    EXPECT_THROW(service("test_guarantee_nobody").call<long>("echo", 1), UnknownService);
}

TEST_P(BestEffort, calls_without_a_timeout_are_refused) {
    if (IsSkipped()) return;
    run<Worker>(best_effort);
    try {
        worker().with_timeout(no_timeout).call<long>("echo", 1);
        FAIL() << "it was sent";
    } catch (const RequestNotSent& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("it needs a timeout"));
    }
}

TEST_P(BestEffort, events_that_are_refused_are_logged_and_take_no_call_along) {
    if (IsSkipped()) return;
    run<Announcer>(best_effort.with("DECLARE_EVENT_EXCHANGES", false));
    for (long i = 0; i < 20; ++i) EXPECT_EQ(service("test_guarantee_announcer").call<long>("announce", i), i);
    EXPECT_TRUE(comes_to_be_logged("'test_guarantee_announcer.events'")) << whole_log();
}

/// Over the brokers that another connection reaches.
class OneSidedBestEffort : public BestEffort {
  protected:
    static long call_from(const Config& config, const std::string& uri, const Log& log) {
        ClusterClient caller{uri, config, log};
        return caller.service("test_guarantee_worker").call<long>("echo", 5);
    }
};

TEST_P(OneSidedBestEffort, is_enough_for_callers_and_services_alike) {
    if (IsSkipped()) return;
    run<Worker>();
    EXPECT_EQ(call_from(best_effort, broker().uri(), log()), 5);
    EXPECT_TRUE(stop());
    run<Worker>(best_effort);
    EXPECT_EQ(call_from(Config{}, broker().uri(), log()), 5);
}

/// Over the brokers that can be lost.
class BestEffortLoss : public BestEffort {
  protected:
    /// And waits for the next one: a call in between would be lost, too.
    void lose_the_connection() {
        broker().gate()->cut();
        const TimePoint give_up = soon().at();
        const auto times_ready = [this] { return runner().connection().statistics().times_ready; };
        while (times_ready() < 2 && SystemClock{}.now() < give_up) std::this_thread::yield();
        ASSERT_EQ(times_ready(), 2U) << whole_log();
        settle_down();
    }
    /// Has `wait` begun, settles down, and loses the connection.
    void lose_the_connection_under_a_call() {
        reply.emplace(worker().call_async<std::string>("wait"));
        ASSERT_TRUE(progress->entered.park(soon()));
        settle_down();
        lose_the_connection();
    }

    std::optional<Reply<std::string>> reply;
};

TEST_P(BestEffortLoss, does_not_bring_a_call_again_that_has_begun) {
    if (IsSkipped()) return;
    run<Worker>(best_effort);
    lose_the_connection_under_a_call();
    progress->release_all();
    EXPECT_EQ(reply->result(), "done") << "the reply waits for the next connection";
    settle_down();
    EXPECT_TRUE(stop()) << "all workers have ended";
    EXPECT_EQ(progress->begun, 1U);
}

TEST_P(BestEffortLoss, is_no_matter_of_calls_with_the_usual_guarantee) {
    if (IsSkipped()) return;
    run<Worker>();
    lose_the_connection_under_a_call();
    EXPECT_TRUE(progress->entered.park(soon())) << "it has come again";
    progress->release_all();
    EXPECT_EQ(reply->result(), "done");
    EXPECT_TRUE(stop());
    EXPECT_EQ(progress->begun, 2U);
}

TEST_P(BestEffortLoss, does_not_bring_an_event_again_whose_handler_has_begun) {
    if (IsSkipped()) return;
    run<Worker>(best_effort);
    worker().call<void>("announce");
    ASSERT_TRUE(progress->entered.park(soon()));
    settle_down();
    lose_the_connection();
    progress->release_all();
    EXPECT_TRUE(stop());
    EXPECT_EQ(progress->begun, 1U);
}

TEST_P(BestEffortLoss, brings_an_event_again_whose_handler_wants_it_on_an_error) {
    if (IsSkipped()) return;
    run<Worker>(best_effort);
    const StandaloneEventDispatcher dispatch_for_others{runner().connection(), best_effort};
    dispatch_for_others("test_guarantee_others", "announced", 1);
    ASSERT_TRUE(progress->entered.park(soon()));
    settle_down();
    broker().gate()->cut();
    EXPECT_TRUE(progress->entered.park(soon())) << "it has come again";
    progress->release_all();
    EXPECT_TRUE(stop());
}

INSTANTIATE_TEST_SUITE_P(over, BestEffort, test::all_brokers(), test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, OneSidedBestEffort,
                         testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq), test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, BestEffortLoss, testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq),
                         test::broker_name);

}  // namespace
}  // namespace hiratake
