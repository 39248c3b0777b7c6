#include "hiratake/messaging/publisher.hpp"

#include <memory>
#include <utility>

#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/environment.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "messaging/message_publisher.hpp"
#include "service/configured_serializers.hpp"

namespace hiratake {
namespace messaging {

class PublisherProvider final : public DependencyProviderOf<Publisher> {
  public:
    explicit PublisherProvider(amqp::Topology topology) : topology_(std::move(topology)) {}

    void setup(ServiceContainer& container) override {
        const Environment& environment = container.environment();
        client::Connection& connection = environment.resources.get<client::ConnectionSource>().connection();
        connection.declare(std::move(topology_));
        publisher_ = std::make_unique<MessagePublisher>(connection, configured_serializers(container), environment.log,
                                                        environment.clock);
    }

    void provide(Publisher& member, WorkerContext& context) override {
        member.publisher_ = publisher_.get();
        member.context_ = &context;
    }

  private:
    amqp::Topology topology_;
    std::unique_ptr<MessagePublisher> publisher_;
};

}  // namespace messaging

Publisher::Publisher(std::string exchange, amqp::Topology topology)
    : exchange_(std::move(exchange)), topology_(std::move(topology)) {}

std::unique_ptr<DependencyProvider> Publisher::make_provider() const {
    return std::make_unique<messaging::PublisherProvider>(topology_);
}

messaging::MessagePublisher& Publisher::provided() const {
    if (!publisher_) throw PublishError("published by a Publisher that no container has provided");
    return *publisher_;
}

void Publisher::publish_value(const Value& payload, const PublishOptions& options) const {
    provided().publish(exchange_, payload, {context_->call_id_stack(), context_->data()}, options);
}

void Publisher::publish_bytes(std::string_view body, std::string_view content_type,
                              const PublishOptions& options) const {
    provided().publish_bytes(exchange_, body, content_type, {context_->call_id_stack(), context_->data()}, options);
}

}  // namespace hiratake
