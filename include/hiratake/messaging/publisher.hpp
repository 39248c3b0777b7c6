#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hiratake/amqp/topology.hpp"
#include "hiratake/messaging/publish_error.hpp"
#include "hiratake/messaging/publish_options.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/service/dependency_provider.hpp"

namespace hiratake {
namespace messaging {
class MessagePublisher;
class PublisherProvider;
}  // namespace messaging

/// A dependency: publishes messages to an exchange, whoever reads them, with the worker's call-id stack and context
/// data in their headers.
///
///     hiratake::Publisher results{"results", {hiratake::amqp::Exchange{.name = "results", .type = "fanout"}}};
///     results.publish(result, {.routing_key = "done"});
///
/// Used on the worker's thread. (Nameko: messaging.Publisher.)
class Publisher {
  public:
    /// To the default exchange, which takes the routing key for a queue's name.
    Publisher() = default;
    /// @param topology is declared at the start of the service
    explicit Publisher(std::string exchange, amqp::Topology topology = {});

    /// Publishes anything that has a JSON form, with the service's serializer, and returns when the broker has
    /// confirmed it. Throws UndeliverableMessage for a mandatory message that no queue is bound for, PublishError when
    /// the broker does not take it within the timeout, and JsonError for a payload without a JSON form.
    template <class Payload>
    void publish(const Payload& payload, const PublishOptions& options = {}) const {
        publish_value(to_value(payload), options);
    }
    /// Publishes bytes as they are. Throws as publish().
    void publish_bytes(std::string_view body, std::string_view content_type, const PublishOptions& options = {}) const;

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class messaging::PublisherProvider;
    void publish_value(const Value& payload, const PublishOptions& options) const;
    messaging::MessagePublisher& provided() const;

    std::string exchange_;
    amqp::Topology topology_;
    messaging::MessagePublisher* publisher_ = nullptr;
    const WorkerContext* context_ = nullptr;
};

}  // namespace hiratake
