#include "runner/broker_access.hpp"

#include <utility>

#include "hiratake/base/error.hpp"
#include "net/byte_stream.hpp"

namespace hiratake::runner {
namespace {

constexpr const char* default_uri = "amqp://guest:guest@localhost";

}  // namespace

BrokerAccess::BrokerAccess(const Config& config, net::EventLoop& broker_loop, const Log& log, const Clock& clock,
                           Random& random)
    : config_(config), broker_loop_(broker_loop), log_(log), logger_(log, "runner"), clock_(clock), random_(random) {}

std::unique_ptr<client::Connection> BrokerAccess::connect(net::EventLoop& loop, Random& random) {
    if (uri_.empty()) choose();
    const auto memory = [this, &loop](const std::string&) { return broker_ ? broker_->connect(loop) : nullptr; };
    return std::make_unique<client::Connection>(connection_options(), loop, log_, clock_, random, memory);
}

client::ConnectionOptions BrokerAccess::connection_options() const {
    client::ConnectionOptions options;
    options.uris = client::parse_connection_uris(uri_);
    options.connection_name = config_.text("connection_name").value_or("");
    if (const auto heartbeat_s = config_.integer("HEARTBEAT")) options.heartbeat_s = heartbeat_in_range(*heartbeat_s);
    return options;
}

void BrokerAccess::choose() {
    uri_ = config_.text("AMQP_URI").value_or("");
    if (uri_.starts_with("memory:")) {
        BrokerOptions options;
        options.listeners.clear();
        broker_ = std::make_unique<Broker>(std::move(options), broker_loop_, random_);
        broker_->start();
        return;
    }
    if (!uri_.empty()) return;
    uri_ = default_uri;
    try {
        broker_ = std::make_unique<Broker>(BrokerOptions{}, broker_loop_, random_);
        broker_->start();
        logger_.info("nothing listens on localhost:5672: started the embedded broker there (--broker URI for another)");
    } catch (const ConfigurationError&) {
        // The port is taken, so a broker is there already: the connection will tell.
        broker_.reset();
    }
}

std::uint16_t BrokerAccess::heartbeat_in_range(std::int64_t seconds) {
    if (seconds < 0 || seconds > 65535) {
        throw ConfigurationError(fmt::format("HEARTBEAT: {} is not between 0 (off) and 65535 seconds", seconds));
    }
    return static_cast<std::uint16_t>(seconds);
}

void BrokerAccess::stop() {
    if (broker_) broker_->stop();
}

}  // namespace hiratake::runner
