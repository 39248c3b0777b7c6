#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "hiratake/client/connection.hpp"
#include "net/parker.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;

test::Journal journal;
// Holds up the first instance in the tick that it runs, once it is set.
std::shared_ptr<net::Parker> release;

// Longer than any test: the test hands over the ticks, as an instance does.
constexpr auto by_hand = 24h * 365 * 100;

/// Two instances of one service, which in truth are in two processes.
struct First {
    static constexpr auto name = "test_timer_cleaner";
    void sweep() {
        const auto held_by = release;
        journal.add("first");
        if (held_by) held_by->park(Deadline{SystemClock{}.now() + 20s});
    }
    static void define(Service<First>& cleaner) { cleaner.every<&First::sweep>(by_hand, {.once_per_cluster = true}); }
};

struct Second {
    static constexpr auto name = "test_timer_cleaner";
    void sweep() { journal.add("second"); }
    static void define(Service<Second>& cleaner) { cleaner.every<&Second::sweep>(by_hand, {.once_per_cluster = true}); }
};

struct Eager {
    static constexpr auto name = "test_timer_cleaner";
    void sweep() { journal.add("eager"); }
    static void define(Service<Eager>& cleaner) {
        cleaner.every<&Eager::sweep>(by_hand, {.eager = true, .once_per_cluster = true});
    }
};

struct Quick {
    static constexpr auto name = "test_timer_quick";
    void tick() { journal.add("tick"); }
    static void define(Service<Quick>& quick) { quick.every<&Quick::tick>(50ms, {.once_per_cluster = true}); }
};

struct Twice {
    static constexpr auto name = "test_timer_twice";
    void tick() {}
    static void define(Service<Twice>& twice) {
        twice.every<&Twice::tick>(1h, {.once_per_cluster = true});
        twice.cron<&Twice::tick>("@daily", {.once_per_cluster = true});
    }
};

class OncePerCluster : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        release = nullptr;
    }
    void hand_over(const std::string& body) {
        const auto result = runner().connection().publish_and_wait({.routing_key = "timer-test_timer_cleaner.sweep",
                                                                    .body = body,
                                                                    .properties = {.content_type = "application/json"},
                                                                    .mandatory = true},
                                                                   Deadline{SystemClock{}.now() + 20s});
        ASSERT_TRUE(result.ok()) << result.detail;
    }
    void hand_over(long due) { hand_over("{\"due_unix_ns\": " + std::to_string(due) + "}"); }
};

TEST_P(OncePerCluster, runs_by_the_clock) {
    run<Quick>();
    EXPECT_THAT(journal.wait_for(3), SizeIs(testing::Ge(3)));
}

TEST_P(OncePerCluster, runs_a_tick_once_however_many_instances_hand_it_over) {
    run<First>();
    // The clock says far more than these.
    for (const long due : {1, 1, 2, 1, 2, 3}) hand_over(due);
    EXPECT_THAT(journal.wait_for(1), Each("first"));
    hand_over("{\"due\": \"soon\"}");
    EXPECT_TRUE(comes_to_be_logged("dropped a message of queue `timer-test_timer_cleaner.sweep`")) << whole_log();
    // Those of 2 and 3 were missed: they came due before the first one had ended.
    EXPECT_TRUE(comes_to_be_logged("a tick of sweep skipped")) << whole_log();
    EXPECT_THAT(journal.wait_for(1), ElementsAre("first"));
}

TEST_P(OncePerCluster, runs_an_eager_tick_once_however_many_instances_start) {
    run<Eager>();
    EXPECT_THAT(journal.wait_for(1), ElementsAre("eager"));
    // As an instance that joins does: of the interval that began in 1970.
    hand_over(0);
    hand_over("{}");
    EXPECT_TRUE(comes_to_be_logged("dropped a message of queue `timer-test_timer_cleaner.sweep`")) << whole_log();
    EXPECT_THAT(journal.wait_for(1), ElementsAre("eager"));
    EXPECT_FALSE(logged("skipped")) << whole_log();
}

TEST_P(OncePerCluster, is_for_one_timer_of_a_method) {
    EXPECT_THROW(run<Twice>(), ConfigurationError);
}

INSTANTIATE_TEST_SUITE_P(over, OncePerCluster, test::all_brokers(), test::broker_name);

/// Over the brokers that several processes can share.
class OncePerClusterOfTwo : public OncePerCluster {
  protected:
    void SetUp() override {
        OncePerCluster::SetUp();
        if (IsSkipped()) return;
        gate_ = std::make_unique<test::TcpGate>(broker().gate()->port());
        first_ = instance<First>(uri_through_gate());
        run<Second>();
        hand_over(future(1));
        EXPECT_THAT(journal.wait_for(1), ElementsAre("first")) << "the first that came";
        // It comes when the one before is acknowledged.
        hand_over("{}");
        ASSERT_TRUE(comes_to_be_logged("dropped a message of queue `timer-test_timer_cleaner.sweep`")) << whole_log();
    }
    void TearDown() override {
        if (release) release->unpark();
        if (first_) first_->stop();
        OncePerCluster::TearDown();
    }

    // Later than the end of every tick before: never missed.
    static long future(long tick) {
        return std::chrono::nanoseconds{SystemClock{}.wall_time().time_since_epoch() + 1h * tick}.count();
    }
    test::TcpGate& gate_of_first() { return *gate_; }
    ServiceRunner& first() { return *first_; }

  private:
    template <class ServiceClass>
    std::unique_ptr<ServiceRunner> instance(const std::string& uri) {
        auto runner = std::make_unique<ServiceRunner>(Config{}.with("AMQP_URI", uri), log());
        runner->add(define_service<ServiceClass>());
        runner->start();
        return runner;
    }
    std::string uri_through_gate() {
        std::string uri = broker().uri();
        const std::string port = std::to_string(broker().gate()->port());
        return uri.replace(uri.find(port), port.size(), std::to_string(gate_->port()));
    }

    std::unique_ptr<test::TcpGate> gate_;
    std::unique_ptr<ServiceRunner> first_;
};

TEST_P(OncePerClusterOfTwo, runs_by_the_next_when_one_is_killed) {
    first().kill();
    hand_over(future(2));
    // It may have gone to the first one still, and then comes back: the next tick has to wait for it.
    EXPECT_THAT(journal.wait_for(2), ElementsAre("first", "second"));
    hand_over(future(3));
    EXPECT_THAT(journal.wait_for(3), ElementsAre("first", "second", "second"));
}

TEST_P(OncePerClusterOfTwo, runs_by_the_next_when_one_is_cut_off_and_not_by_that_one) {
    gate_of_first().close();
    hand_over(future(2));
    // It may have gone to the first one still, and then comes back: the next tick has to wait for it.
    EXPECT_THAT(journal.wait_for(2), ElementsAre("first", "second"));
    hand_over(future(3));
    EXPECT_THAT(journal.wait_for(3), ElementsAre("first", "second", "second"));
    gate_of_first().open();
    first().connection().wait_until_ready(Deadline{SystemClock{}.now() + 20s});
    hand_over(future(4));
    EXPECT_THAT(journal.wait_for(4), ElementsAre("first", "second", "second", "second")) << "it waits for its turn";
}

TEST_P(OncePerClusterOfTwo, runs_a_tick_again_by_the_next_when_one_dies_over_it) {
    release = std::make_shared<net::Parker>();
    hand_over(future(2));
    EXPECT_THAT(journal.wait_for(2), ElementsAre("first", "first"));
    first().kill();
    EXPECT_THAT(journal.wait_for(3), ElementsAre("first", "first", "second"));
}

INSTANTIATE_TEST_SUITE_P(over, OncePerClusterOfTwo,
                         testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq), test::broker_name);

}  // namespace
}  // namespace hiratake
