#include "hiratake/messaging/publisher.hpp"

#include <exception>
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

namespace {

MessageSender::Message for_test(const messaging::MessageToPublish& message) {
    return {message.exchange, message.payload ? *message.payload : Value{nullptr}, std::string{message.bytes},
            std::string{message.content_type}, message.options};
}

}  // namespace

Publisher::Publisher(std::string exchange, amqp::Topology topology)
    : exchange_(std::move(exchange)), topology_(std::move(topology)) {}

Publisher::Publisher(MessageSender& sender, std::string exchange) : exchange_(std::move(exchange)), sender_(&sender) {}

std::unique_ptr<DependencyProvider> Publisher::make_provider() const {
    return std::make_unique<messaging::PublisherProvider>(topology_);
}

messaging::MessagePublisher& Publisher::provided() const {
    if (!publisher_) throw PublishError("published by a Publisher that no container has provided");
    return *publisher_;
}

void Publisher::publish_message(const messaging::MessageToPublish& message) const {
    if (sender_) return sender_->send(for_test(message));
    provided().publish(message, {context_->call_id_stack(), context_->data()});
}

Confirm Publisher::publish_message_async(const messaging::MessageToPublish& message) const {
    if (!sender_) return Confirm{provided().publish_async(message, {context_->call_id_stack(), context_->data()})};
    std::exception_ptr error;
    try {
        sender_->send(for_test(message));
    } catch (...) {
        error = std::current_exception();
    }
    return Confirm{std::make_shared<messaging::PendingConfirm>(std::move(error))};
}

void Publisher::publish_value(const Value& payload, const PublishOptions& options) const {
    publish_message({exchange_, options, &payload});
}

Confirm Publisher::publish_value_async(const Value& payload, const PublishOptions& options) const {
    return publish_message_async({exchange_, options, &payload});
}

void Publisher::publish_bytes(std::string_view body, std::string_view content_type,
                              const PublishOptions& options) const {
    publish_message({exchange_, options, nullptr, body, content_type});
}

Confirm Publisher::publish_bytes_async(std::string_view body, std::string_view content_type,
                                       const PublishOptions& options) const {
    return publish_message_async({exchange_, options, nullptr, body, content_type});
}

}  // namespace hiratake
