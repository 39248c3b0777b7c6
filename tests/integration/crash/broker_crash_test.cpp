#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/hiratake.hpp"
#include "hiratake/rpc/cluster_client.hpp"
#include "hiratake/runner/service_runner.hpp"
#include "integration/crash/broker_process.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;

struct Adder {
    static constexpr auto name = "test_crash_adder";

    long add(long x, long y) { return x + y; }

    static void define(Service<Adder>& adder) { adder.rpc<&Adder::add>("x", "y"); }
};

constexpr auto call_timeout = 2s;

/// How the calls of several threads have ended.
class Outcomes {
  public:
    /// Makes one call and notes how it ends.
    void note(RpcProxy& adder, long number) {
        const TimePoint before = SystemClock{}.now();
        std::string unexpected;
        bool is_result = false;
        try {
            is_result = adder.with_timeout(call_timeout).call<long>("add", number, 1) == number + 1;
            if (!is_result) unexpected = "a wrong result";
        } catch (const RpcTimeout&) {
        } catch (const RequestNotSent&) {
        } catch (const UnknownService&) {
            // A broker that keeps nothing does not know the queue until the service is back.
        } catch (const std::exception& error) {
            unexpected = error.what();
        }
        // What is more than the timeout is a busy machine's.
        if (SystemClock{}.now() - before > call_timeout + 8s) unexpected += "later than its timeout";
        const std::lock_guard lock{mutex_};
        ++(is_result ? results_ : errors_);
        if (!unexpected.empty()) unexpected_.push_back(unexpected);
        changed_.notify_all();
    }

    bool wait_for_more_results(int count) { return wait_for_more(results_, count); }
    bool wait_for_more_errors(int count) { return wait_for_more(errors_, count); }
    std::vector<std::string> unexpected() const {
        const std::lock_guard lock{mutex_};
        return unexpected_;
    }

  private:
    bool wait_for_more(const int& counter, int count) {
        std::unique_lock lock{mutex_};
        const int wanted = counter + count;
        return changed_.wait_for(lock, 60s, [&] { return counter >= wanted; });
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    int results_ = 0;
    int errors_ = 0;
    std::vector<std::string> unexpected_;
};

class BrokerCrash : public testing::TestWithParam<test::BrokerKind> {
  protected:
    void SetUp() override {
        broker = test::BrokerProcess::make(GetParam());
        if (!broker) GTEST_SKIP() << "set HIRATAKE_TEST_RABBITMQ to the URI of a RabbitMQ for tests; ./check does";
        broker->start();
    }
    std::string whole_log() const {
        const std::lock_guard lock{mutex_};
        return whole_log_;
    }

    std::unique_ptr<test::BrokerProcess> broker;
    Log log{LogLevel::debug, [this](const LogRecord& record) {
                const std::lock_guard lock{mutex_};
                whole_log_.append(record.message).append("\n");
            }};

  private:
    mutable std::mutex mutex_;
    std::string whole_log_;
};

TEST_P(BrokerCrash, ends_calls_in_time_is_got_over_and_does_not_keep_the_service_from_stopping) {
    const Config config{Object{{"AMQP_URI", broker->uri()}, {"stop_timeout", 30}}};
    ServiceRunner runner{config, log};
    runner.add(define_service<Adder>());
    runner.start();
    constexpr int callers = 4;
    Outcomes outcomes;
    std::vector<std::jthread> threads;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&](const std::stop_token& stop) {
            ClusterClient cluster{broker->uri(), Config{}, log};
            RpcProxy adder = cluster.service(Adder::name);
            for (long number = 0; !stop.stop_requested(); ++number) outcomes.note(adder, number);
        });
    }
    EXPECT_TRUE(outcomes.wait_for_more_results(100)) << whole_log();

    broker->kill();
    EXPECT_TRUE(outcomes.wait_for_more_errors(callers)) << whole_log();
    broker->start();
    EXPECT_TRUE(outcomes.wait_for_more_results(100)) << whole_log();

    broker->kill();
    const TimePoint before = SystemClock{}.now();
    runner.stop();
    EXPECT_LT(SystemClock{}.now() - before, 20s) << whole_log();
    EXPECT_TRUE(outcomes.wait_for_more_errors(callers)) << whole_log();
    threads.clear();
    EXPECT_THAT(outcomes.unexpected(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(of, BrokerCrash, testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq),
                         [](const auto& suite) { return testing::PrintToString(suite.param); });

}  // namespace
}  // namespace hiratake
