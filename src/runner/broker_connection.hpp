#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hiratake/base/random.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "net/event_loop.hpp"
#include "runner/broker_access.hpp"

namespace hiratake::runner {

/// The broker connection that the services of one I/O thread share, and what the process tells of it.
class BrokerConnection final : public client::ConnectionSource {
  public:
    /// What is given must outlive this object.
    /// @param name of the I/O thread among several, "2", for those who look at health and metrics; empty for the only
    /// one
    BrokerConnection(BrokerAccess& broker, net::EventLoop& loop, Random& random, Health& health, Metrics& metrics,
                     std::string name);

    client::Connection& connection() override;
    /// Null until somebody has asked for the connection.
    client::Connection* made() const { return connection_.get(); }

  private:
    void report();

    BrokerAccess& broker_;
    net::EventLoop& loop_;
    Random& random_;
    Health& health_;
    Metrics& metrics_;
    const std::string name_;
    std::unique_ptr<client::Connection> connection_;
    std::vector<Registration> reports_;
};

}  // namespace hiratake::runner
