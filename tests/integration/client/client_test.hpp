#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection.hpp"
#include "net/event_loop.hpp"
#include "support/broker_under_test.hpp"
#include "support/tcp_gate.hpp"

namespace hiratake::client {

/// Connections, and what they need around them.
class ClientFixture : public testing::Test {
  protected:
    void SetUp() override;
    void TearDown() override;

    Deadline in(Duration time) const { return Deadline::after(clock.now(), time); }
    /// For the broker at `text`, retried soon.
    static ConnectionOptions options_for(const std::string& text);
    std::unique_ptr<Connection> make(const ConnectionOptions& with) {
        return std::make_unique<Connection>(with, loop, log, clock, random);
    }
    /// A queue that goes with its connection's last consumer, or after a minute.
    Queue queue(std::string_view name) const;
    std::string unique(std::string_view name) const { return std::string{name} + "-" + id_; }
    static Publication to_queue(std::string_view queue, std::string_view body) {
        return {.routing_key = queue, .body = body, .mandatory = true};
    }

    /// Waits until `condition` holds; the test fails when it does not within 20 s.
    void eventually(const std::function<bool()>& condition, std::string_view what) const;
    bool logged(std::string_view text) const;

    SystemClock clock;
    Random random;
    mutable std::mutex log_mutex;
    std::vector<std::string> log_lines;
    Log log{LogLevel::debug, [this](const LogRecord& record) {
                const std::lock_guard lock{log_mutex};
                log_lines.emplace_back(record.message);
            }};
    net::EventLoop loop{log, clock};

  private:
    std::string id_;
};

/// Runs over the embedded broker and over RabbitMQ, through a gate that a test can close.
class ClientTest : public ClientFixture, public testing::WithParamInterface<test::BrokerKind> {
  protected:
    void SetUp() override;

    ConnectionOptions options() const { return options_for(broker_->uri()); }
    std::unique_ptr<Connection> make(const ConnectionOptions& with) { return ClientFixture::make(with); }
    std::unique_ptr<Connection> make() { return make(options()); }
    /// A connection that is ready.
    std::unique_ptr<Connection> connect(const Topology& topology = {});

    test::TcpGate* gate = nullptr;

  private:
    std::unique_ptr<test::BrokerUnderTest> broker_;
};

/// INSTANTIATE_TEST_SUITE_P(over, …, brokers_on_tcp(), broker_name).
inline auto brokers_on_tcp() {
    return testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq);
}
inline std::string broker_name(const testing::TestParamInfo<test::BrokerKind>& info) {
    return testing::PrintToString(info.param);
}

/// Collects what a consumer's handler is given.
class Received {
  public:
    DeliveryHandler handler() {
        return [this](Delivery delivery) {
            const std::lock_guard lock{mutex_};
            deliveries_.push_back(std::move(delivery));
        };
    }
    /// Takes the bodies, and acknowledges.
    DeliveryHandler acknowledging_handler() {
        return [this](Delivery delivery) {
            const std::lock_guard lock{mutex_};
            bodies_.emplace_back(delivery.body());
            delivery.ack();
        };
    }
    std::size_t size() const {
        const std::lock_guard lock{mutex_};
        return deliveries_.size();
    }
    std::vector<std::string> bodies() const {
        const std::lock_guard lock{mutex_};
        return bodies_;
    }
    Delivery take() {
        const std::lock_guard lock{mutex_};
        Delivery first = std::move(deliveries_.front());
        deliveries_.erase(deliveries_.begin());
        return first;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Delivery> deliveries_;
    std::vector<std::string> bodies_;
};

}  // namespace hiratake::client
