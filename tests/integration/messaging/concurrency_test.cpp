#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hiratake/service/waiting.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::SizeIs;
using testing::UnorderedElementsAre;

test::Journal journal;
std::atomic<int> failures_left;
std::shared_future<void> gate;

/// Suspends a worker that is a fiber, so that the test and the others go on.
void wait_at_gate() {
    run_blocking([opened = gate] { opened.wait_for(20s); });
}

struct Entry {
    std::string customer;
    int number;
};

struct Ledger {
    static constexpr auto name = "test_concurrency_ledger";
    Publisher out;

    void on_entry(Entry entry) {
        journal.add(entry.customer + " " + std::to_string(entry.number));
        if (entry.customer == "failing" && failures_left.fetch_sub(1) > 0) throw std::runtime_error("not yet");
        if (entry.customer == "slow") wait_at_gate();
    }
    void on_few(int) {
        journal.add("few");
        wait_at_gate();
    }
    void book(std::string account, int number) { journal.add(account + " " + std::to_string(number)); }
    void hold() {
        journal.add("hold");
        wait_at_gate();
    }
    std::string quick() { return "done"; }
    void send(std::string queue, Value payload) { out.publish(payload, {.routing_key = queue}); }

    static void define(Service<Ledger>& ledger) {
        ledger.consume<&Ledger::on_entry>("test_concurrency_entries", {.requeue_on_error = true})
            .ordered_by<&Entry::customer>();
        ledger.consume<&Ledger::on_few>("test_concurrency_few").prefetch(2);
        ledger.rpc<&Ledger::book>("account", "number").ordered_by("account");
        ledger.rpc<&Ledger::hold>().max_workers(1);
        ledger.rpc<&Ledger::quick>();
        ledger.rpc<&Ledger::send>("queue", "payload");
    }
};

class Concurrency : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        failures_left = 2;
        opening_ = {};
        gate = opening_.get_future().share();
        if (!IsSkipped()) run<Ledger>();
    }
    void TearDown() override {
        open_gate();
        ServiceTest::TearDown();
    }

    RpcProxy ledger() { return service("test_concurrency_ledger"); }
    void send(const std::string& queue, const Value& payload) { ledger().call("send", queue, payload); }
    void open_gate() {
        if (!std::exchange(is_open_, true)) opening_.set_value();
    }

  private:
    std::promise<void> opening_;
    bool is_open_ = false;
};

TEST_P(Concurrency, of_messages_with_one_key_is_one_and_of_others_many) {
    for (const char* customer : {"slow", "slow", "ada"}) {
        send("test_concurrency_entries", Object{{"customer", customer}, {"number", 1}});
    }
    EXPECT_THAT(journal.wait_for(2), UnorderedElementsAre("slow 1", "ada 1"));
    open_gate();
    const auto lines = journal.wait_for(3);
    ASSERT_THAT(lines, SizeIs(3));
    EXPECT_EQ(lines.back(), "slow 1");
}

TEST_P(Concurrency, keeps_the_order_of_a_key_when_messages_come_again) {
    for (const int number : {1, 2, 3}) {
        send("test_concurrency_entries", Object{{"customer", "failing"}, {"number", number}});
    }
    EXPECT_THAT(journal.wait_for(5), ElementsAre("failing 1", "failing 1", "failing 1", "failing 2", "failing 3"));
}

TEST_P(Concurrency, keeps_the_order_of_calls_with_one_key) {
    std::vector<std::string> expected;
    std::vector<Reply<void>> replies;
    for (int number = 1; number <= 50; ++number) {
        replies.push_back(ledger().call_async<void>("book", "ada", number));
        expected.push_back("ada " + std::to_string(number));
    }
    EXPECT_EQ(journal.wait_for(50), expected);
    for (auto& reply : replies) reply.result();
}

TEST_P(Concurrency, of_one_method_leaves_the_others_workers) {
    std::vector<Reply<void>> held;
    for (int i = 0; i < 15; ++i) held.push_back(ledger().call_async<void>("hold"));
    EXPECT_THAT(journal.wait_for(1), ElementsAre("hold"));
    EXPECT_EQ(ledger().call<std::string>("quick"), "done");
    EXPECT_THAT(journal.wait_for(1), SizeIs(1));
    open_gate();
    for (auto& reply : held) reply.result();
    EXPECT_THAT(journal.wait_for(15), SizeIs(15));
}

TEST_P(Concurrency, is_bounded_by_the_prefetch_of_a_queue) {
    for (int i = 0; i < 4; ++i) send("test_concurrency_few", i);
    EXPECT_THAT(journal.wait_for(2), SizeIs(2));
    EXPECT_EQ(ledger().call<std::string>("quick"), "done");
    EXPECT_THAT(journal.wait_for(2), SizeIs(2));
    open_gate();
    EXPECT_THAT(journal.wait_for(4), SizeIs(4));
}

INSTANTIATE_TEST_SUITE_P(over, Concurrency, test::all_brokers(), test::broker_name);

/// Over the brokers that several processes can share.
class ConcurrencyOfTwoInstances : public Concurrency {};

// What an instance has taken and not begun when its time to stop is over goes back, for another to do.
TEST_P(ConcurrencyOfTwoInstances, loses_nothing_that_is_held_back_when_one_stops) {
    EXPECT_TRUE(stop());
    auto first =
        std::make_unique<ServiceRunner>(Config{Object{{"AMQP_URI", broker().uri()}, {"stop_timeout", 0.1}}}, log());
    first->add(define_service<Ledger>());
    first->start();
    const auto callers = separate_cluster();
    const RpcProxy caller = callers->service("test_concurrency_ledger");
    for (const int number : {1, 2, 3, 4}) {
        caller.call("send", "test_concurrency_entries", Object{{"customer", "slow"}, {"number", number}});
    }
    std::vector<Reply<void>> held;
    for (int i = 0; i < 4; ++i) held.push_back(caller.call_async<void>("hold"));
    EXPECT_EQ(caller.call<std::string>("quick"), "done") << "so what came before it is here";
    EXPECT_THAT(journal.wait_for(2), UnorderedElementsAre("slow 1", "hold"));

    EXPECT_FALSE(first->stop()) << "two workers still run";
    std::thread end_of_first{[&] { first.reset(); }};
    EXPECT_TRUE(comes_to_be_logged("tasks that waited for others were given up at the end")) << whole_log();
    open_gate();
    end_of_first.join();

    run<Ledger>();
    for (auto& reply : held) reply.result();
    EXPECT_THAT(journal.wait_for(10), UnorderedElementsAre("slow 1", "hold", "slow 1", "slow 2", "slow 3", "slow 4",
                                                           "hold", "hold", "hold", "hold"));
}

INSTANTIATE_TEST_SUITE_P(over, ConcurrencyOfTwoInstances,
                         testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq), test::broker_name);

}  // namespace
}  // namespace hiratake
