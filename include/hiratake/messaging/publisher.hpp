#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hiratake/amqp/topology.hpp"
#include "hiratake/messaging/confirm.hpp"
#include "hiratake/messaging/message_sender.hpp"
#include "hiratake/messaging/publish_error.hpp"
#include "hiratake/messaging/publish_options.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/service/dependency_provider.hpp"

namespace hiratake {
namespace messaging {
class MessagePublisher;
struct MessageToPublish;
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
    /// One that is ready for use, for tests that have a sender of their own, which must outlive it.
    explicit Publisher(MessageSender& sender, std::string exchange = "");

    /// Publishes anything that has a JSON form, with the service's serializer, and returns when the broker has
    /// confirmed it. Throws UndeliverableMessage for a mandatory message that no queue is bound for, PublishError when
    /// the broker does not take it within the timeout, and JsonError for a payload without a JSON form.
    template <class Payload>
    void publish(const Payload& payload, const PublishOptions& options = {}) const {
        publish_value(to_value(payload), options);
    }
    /// Publishes bytes as they are. Throws as publish().
    void publish_bytes(std::string_view body, std::string_view content_type, const PublishOptions& options = {}) const;

    /// The same without waiting for the broker, which the Confirm does: many messages are confirmed together. When
    /// 20,000 messages of the process, or 256 MiB of them, wait for their confirms, it waits for some of these first.
    /// Throws JsonError as publish(); all else is the Confirm's to tell.
    template <class Payload>
    Confirm publish_async(const Payload& payload, const PublishOptions& options = {}) const {
        return publish_value_async(to_value(payload), options);
    }
    Confirm publish_bytes_async(std::string_view body, std::string_view content_type,
                                const PublishOptions& options = {}) const;

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class messaging::PublisherProvider;
    void publish_value(const Value& payload, const PublishOptions& options) const;
    Confirm publish_value_async(const Value& payload, const PublishOptions& options) const;
    void publish_message(const messaging::MessageToPublish& message) const;
    Confirm publish_message_async(const messaging::MessageToPublish& message) const;
    messaging::MessagePublisher& provided() const;

    std::string exchange_;
    amqp::Topology topology_;
    MessageSender* sender_ = nullptr;  // a test's
    messaging::MessagePublisher* publisher_ = nullptr;
    const WorkerContext* context_ = nullptr;
};

}  // namespace hiratake
