#include "hiratake/events/event_dispatcher.hpp"

#include <fmt/core.h>

#include <memory>

#include "events/event_publisher.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/events/event_methods.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "service/configured_serializers.hpp"
#include "wire/names.hpp"

namespace hiratake {
namespace events {

// What EventPublisher::dispatch() does.
OutgoingMessage outgoing_event(std::string_view service_name, std::string event_type, SchemaFunction schema) {
    return {"event",
            {{"exchange", wire::event_exchange_name(service_name)}, {"routing_key", std::move(event_type)}},
            schema};
}

class EventDispatcherProvider final : public DependencyProviderOf<EventDispatcher> {
  public:
    void setup(ServiceContainer& container) override {
        const Environment& environment = container.environment();
        client::Connection& connection = environment.resources.get<client::ConnectionSource>().connection();
        publisher_ = std::make_unique<EventPublisher>(connection, configured_serializers(container).outgoing(),
                                                      configured_guarantee(environment.config, "delivery.events"),
                                                      environment.log, environment.clock);
        publisher_->declare_exchange(container.service_name(), environment.config);
    }

    void provide(EventDispatcher& member, WorkerContext& context) override {
        member.publisher_ = publisher_.get();
        member.context_ = &context;
    }

  private:
    std::unique_ptr<EventPublisher> publisher_;
};

}  // namespace events

std::unique_ptr<DependencyProvider> EventDispatcher::make_provider() const {
    return std::make_unique<events::EventDispatcherProvider>();
}

void EventDispatcher::dispatch(std::string_view event_type, const Value& data) const {
    if (sender_) return sender_->send(event_type, data);
    if (!publisher_) {
        throw Error(
            fmt::format("event `{}` dispatched by an EventDispatcher that no container has provided", event_type));
    }
    publisher_->dispatch(context_->service_name(), event_type, data, {context_->call_id_stack(), context_->data()});
}

}  // namespace hiratake
