#pragma once

#include <cstdint>
#include <string>

#include "hiratake/client/connection.hpp"
#include "hiratake/service/registration.hpp"

namespace hiratake {
class ServiceContainer;
}

namespace hiratake::messaging {

/// A service's hold on one queue: what has to be there for it, the consumer, and its health. For every entrypoint with
/// a queue of its own.
class QueueSubscription {
  public:
    struct Options {
        std::string queue;
        client::Topology topology = {};
        /// ServiceContainer::prefetch_for(), where nothing else is better.
        std::uint16_t prefetch_count = 10;
    };

    /// Declares the topology, with the queue in it. Throws ConfigurationError for what cannot be.
    void setup(ServiceContainer& container, Options options);
    void start(client::DeliveryHandler handler);
    void stop() noexcept;

    /// After setup().
    client::Connection& connection() const { return *connection_; }
    const std::string& queue() const { return consumer_options_.queue; }

  private:
    ServiceContainer* container_ = nullptr;
    client::Connection* connection_ = nullptr;
    client::ConsumerOptions consumer_options_;
    client::Consumer consumer_;
    Registration health_;
};

/// The topology with the queue in it: as declared there, otherwise durable.
client::Topology with_queue(client::Topology topology, const std::string& queue);

}  // namespace hiratake::messaging
