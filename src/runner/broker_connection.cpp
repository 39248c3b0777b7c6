#include "runner/broker_connection.hpp"

#include <utility>

namespace hiratake::runner {

BrokerConnection::BrokerConnection(BrokerAccess& broker, net::EventLoop& loop, Random& random, Health& health,
                                   Metrics& metrics, std::string name)
    : broker_(broker), loop_(loop), random_(random), health_(health), metrics_(metrics), name_(std::move(name)) {}

client::Connection& BrokerConnection::connection() {
    if (!connection_) {
        connection_ = broker_.connect(loop_, random_);
        report();
    }
    return *connection_;
}

void BrokerConnection::report() {
    const std::string part = name_.empty() ? "broker" : "broker " + name_;
    const MetricLabels labels = name_.empty() ? MetricLabels{} : MetricLabels{{"io_thread", name_}};
    reports_.push_back(health_.add(part, [this] { return connection_->health(); }));
    reports_.push_back(metrics_.read_gauge("hiratake_broker_connected",
                                           "1 while the broker connection is ready, else 0.", labels,
                                           [this] { return connection_->is_ready() ? 1.0 : 0.0; }));
    reports_.push_back(
        metrics_.read_counter("hiratake_broker_connections_total", "How often the broker connection has become ready.",
                              labels, [this] { return static_cast<double>(connection_->statistics().times_ready); }));
    reports_.push_back(metrics_.read_gauge(
        "hiratake_broker_outstanding_publishes", "Publishes that the broker has not confirmed yet.", labels,
        [this] { return static_cast<double>(connection_->statistics().outstanding_publishes); }));
}

}  // namespace hiratake::runner
