#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/broker/broker.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "net/event_loop.hpp"

namespace hiratake::runner {

/// The broker connection of a process, and the embedded broker behind it where there is one.
///
/// `AMQP_URI` says which broker. `memory://` starts one that only this process can reach. Without it, and when nothing
/// listens on localhost:5672, one is started there, and a line says so.
class BrokerAccess final : public client::ConnectionSource {
  public:
    /// What is given must outlive this object.
    BrokerAccess(const Config& config, net::EventLoop& loop, const Log& log, const Clock& clock, Random& random,
                 Health& health, Metrics& metrics);

    client::Connection& connection() override;
    /// Whether anybody has asked for the connection.
    bool is_used() const { return connection_ != nullptr; }
    /// Closes the connection, then the embedded broker.
    void close(Deadline deadline);

  private:
    std::string choose_uri();
    void report();
    static std::uint16_t heartbeat_in_range(std::int64_t seconds);

    const Config& config_;
    net::EventLoop& loop_;
    const Log& log_;
    const Logger logger_;
    const Clock& clock_;
    Random& random_;
    Health& health_;
    Metrics& metrics_;
    std::unique_ptr<Broker> broker_;
    std::unique_ptr<client::Connection> connection_;
    std::vector<Registration> reports_;
};

}  // namespace hiratake::runner
