#pragma once

#include <memory>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/broker/broker.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/service/config.hpp"
#include "net/event_loop.hpp"

namespace hiratake::runner {

/// The broker of a process, embedded or elsewhere.
///
/// `AMQP_URI` says which. `memory://` starts one that only this process can reach. Without it, and when nothing listens
/// on localhost:5672, one is started there, and a line says so.
class BrokerAccess {
  public:
    /// What is given must outlive this object.
    /// @param broker_loop where an embedded broker runs
    BrokerAccess(const Config& config, net::EventLoop& broker_loop, const Log& log, const Clock& clock, Random& random);

    /// A connection of its own to the broker, which is started with the first where it is the embedded one.
    /// @param loop where the connection runs; it and `random` must outlive the connection
    /// Throws ConfigurationError when the configuration cannot be understood.
    std::unique_ptr<client::Connection> connect(net::EventLoop& loop, Random& random);
    /// Ends the embedded broker.
    void stop();

  private:
    client::ConnectionOptions connection_options() const;
    void choose();
    static std::uint16_t heartbeat_in_range(std::int64_t seconds);

    const Config& config_;
    net::EventLoop& broker_loop_;
    const Log& log_;
    const Logger logger_;
    const Clock& clock_;
    Random& random_;
    /// Empty until it has been chosen.
    std::string uri_;
    std::unique_ptr<Broker> broker_;
};

}  // namespace hiratake::runner
