#include "runner/broker_access.hpp"

#include <utility>

#include "hiratake/base/error.hpp"
#include "net/byte_stream.hpp"

namespace hiratake::runner {
namespace {

constexpr const char* default_uri = "amqp://guest:guest@localhost";

}  // namespace

BrokerAccess::BrokerAccess(const Config& config, net::EventLoop& loop, const Log& log, const Clock& clock,
                           Random& random, Health& health, Metrics& metrics)
    : config_(config),
      loop_(loop),
      log_(log),
      logger_(log, "runner"),
      clock_(clock),
      random_(random),
      health_(health),
      metrics_(metrics) {}

client::Connection& BrokerAccess::connection() {
    if (!connection_) {
        client::ConnectionOptions options;
        options.uris = client::parse_connection_uris(choose_uri());
        options.connection_name = config_.text("connection_name").value_or("");
        if (const auto heartbeat_s = config_.integer("HEARTBEAT"))
            options.heartbeat_s = heartbeat_in_range(*heartbeat_s);
        const auto memory = [this](const std::string&) { return broker_ ? broker_->connect(loop_) : nullptr; };
        connection_ = std::make_unique<client::Connection>(std::move(options), loop_, log_, clock_, random_, memory);
        report();
    }
    return *connection_;
}

void BrokerAccess::report() {
    reports_.push_back(health_.add("broker", [this] { return connection_->health(); }));
    reports_.push_back(metrics_.read_gauge("hiratake_broker_connected",
                                           "1 while the broker connection is ready, else 0.", {},
                                           [this] { return connection_->is_ready() ? 1.0 : 0.0; }));
    reports_.push_back(
        metrics_.read_counter("hiratake_broker_connections_total", "How often the broker connection has become ready.",
                              {}, [this] { return static_cast<double>(connection_->statistics().times_ready); }));
    reports_.push_back(metrics_.read_gauge(
        "hiratake_broker_outstanding_publishes", "Publishes that the broker has not confirmed yet.", {},
        [this] { return static_cast<double>(connection_->statistics().outstanding_publishes); }));
}

std::string BrokerAccess::choose_uri() {
    const std::string uri = config_.text("AMQP_URI").value_or("");
    if (uri.starts_with("memory:")) {
        BrokerOptions options;
        options.listeners.clear();
        broker_ = std::make_unique<Broker>(std::move(options), loop_, random_);
        broker_->start();
        return uri;
    }
    if (!uri.empty()) return uri;
    try {
        broker_ = std::make_unique<Broker>(BrokerOptions{}, loop_, random_);
        broker_->start();
        logger_.info("nothing listens on localhost:5672: started the embedded broker there (--broker URI for another)");
    } catch (const ConfigurationError&) {
        // The port is taken, so a broker is there already: the connection will tell.
        broker_.reset();
    }
    return default_uri;
}

std::uint16_t BrokerAccess::heartbeat_in_range(std::int64_t seconds) {
    if (seconds < 0 || seconds > 65535) {
        throw ConfigurationError(fmt::format("HEARTBEAT: {} is not between 0 (off) and 65535 seconds", seconds));
    }
    return static_cast<std::uint16_t>(seconds);
}

void BrokerAccess::close(Deadline deadline) {
    if (connection_) connection_->close(deadline);
    if (broker_) broker_->stop();
}

}  // namespace hiratake::runner
