#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/hiratake.hpp"
#include "hiratake/rpc/cluster_client.hpp"
#include "hiratake/runner/service_runner.hpp"
#include "hiratake/service/config.hpp"
#include "support/broker_under_test.hpp"
#include "support/tcp_gate.hpp"

namespace hiratake::test {

/// A test that runs services over each of the three brokers: on fibers when HIRATAKE_TEST_WORKERS says so, and on as
/// many I/O threads as HIRATAKE_TEST_IO_THREADS does.
class ServiceTest : public testing::TestWithParam<BrokerKind> {
  protected:
    void SetUp() override {
        broker_ = BrokerUnderTest::make(GetParam());
        if (!broker_) GTEST_SKIP() << "set HIRATAKE_TEST_RABBITMQ to the URI of a RabbitMQ for tests; ./check does";
    }

    /// In order, so that nothing of this test is delivered again to the next one on the same broker.
    void TearDown() override {
        if (runner_) stop();
    }

    template <class... Services>
    void run(const Config& config = {}) {
        Config whole = config.with("AMQP_URI", broker_->uri());
        const char* const workers = std::getenv("HIRATAKE_TEST_WORKERS");
        if (workers && !config.contains("workers")) whole = whole.with("workers", workers);
        const char* const io_threads = std::getenv("HIRATAKE_TEST_IO_THREADS");
        if (io_threads && !config.contains("io_threads")) whole = whole.with("io_threads", std::stoi(io_threads));
        runner_ = std::make_unique<ServiceRunner>(whole, log_);
        (runner_->add(define_service<Services>()), ...);
        runner_->start();
        cluster_ = std::make_unique<ClusterClient>(runner_->connection(), config, log_);
    }

    BrokerUnderTest& broker() { return *broker_; }
    ServiceRunner& runner() { return *runner_; }
    ClusterClient& cluster() { return *cluster_; }
    RpcProxy service(std::string name) { return cluster_->service(std::move(name)); }

    /// Ends the client first, which uses the runner's connection.
    bool stop() {
        cluster_.reset();
        return runner_->stop();
    }
    /// A client with a connection of its own, as another process has.
    std::unique_ptr<ClusterClient> separate_cluster() {
        return std::make_unique<ClusterClient>(broker_->uri(), Config{}, log_);
    }

    const Log& log() const { return log_; }
    bool logged(std::string_view text) const {
        const std::lock_guard lock{mutex_};
        return has_line_with(text);
    }
    /// For what another thread logs in its own time.
    bool comes_to_be_logged(std::string_view text) const {
        std::unique_lock lock{mutex_};
        return line_added_.wait_for(lock, std::chrono::seconds{20}, [&] { return has_line_with(text); });
    }
    std::string whole_log() const {
        const std::lock_guard lock{mutex_};
        std::string whole;
        for (const std::string& line : lines_) whole += line + "\n";
        return whole;
    }

  private:
    bool has_line_with(std::string_view text) const {
        return std::any_of(lines_.begin(), lines_.end(),
                           [text](const std::string& line) { return line.find(text) != std::string::npos; });
    }

    std::unique_ptr<BrokerUnderTest> broker_;
    mutable std::mutex mutex_;
    mutable std::condition_variable line_added_;
    std::vector<std::string> lines_;
    Log log_{LogLevel::debug, [this](const LogRecord& record) {
                 const std::lock_guard lock{mutex_};
                 lines_.emplace_back(record.message);
                 line_added_.notify_all();
             }};
    std::unique_ptr<ServiceRunner> runner_;
    std::unique_ptr<ClusterClient> cluster_;
};

inline std::string broker_name(const testing::TestParamInfo<BrokerKind>& info) {
    return testing::PrintToString(info.param);
}

inline auto all_brokers() {
    return testing::Values(BrokerKind::memory, BrokerKind::embedded, BrokerKind::rabbitmq);
}

}  // namespace hiratake::test
