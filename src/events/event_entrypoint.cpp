#include "events/event_entrypoint.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/events/event_methods.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_container.hpp"
#include "wire/names.hpp"
#include "wire/subscription.hpp"

namespace hiratake::events {
namespace {

wire::HandlerType on_wire(HandlerType type) {
    switch (type) {
        case HandlerType::service_pool: return wire::HandlerType::service_pool;
        case HandlerType::singleton: return wire::HandlerType::singleton;
        case HandlerType::broadcast: return wire::HandlerType::broadcast;
    }
    return wire::HandlerType::service_pool;
}

std::string_view name_of(HandlerType type) {
    switch (type) {
        case HandlerType::service_pool: return "service_pool";
        case HandlerType::singleton: return "singleton";
        case HandlerType::broadcast: return "broadcast";
    }
    return "";
}

}  // namespace

EventEntrypoint::EventEntrypoint(std::string source_service, std::string event_type,
                                 EventHandlerOptions handler_options, MethodCall method_call)
    : QueueEntrypoint(std::move(method_call)),
      source_service_(std::move(source_service)),
      event_type_(std::move(event_type)),
      handler_options_(std::move(handler_options)) {}

EntrypointDescription EventEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    const bool is_broadcast = handler_options_.type == HandlerType::broadcast;
    // Unless it is given, each instance draws an identifier of its own when it starts.
    const bool has_drawn_name = is_broadcast && handler_options_.broadcast_identifier.empty();
    description.kind = "event";
    description.signature = &method().signature();
    description.details = Object{{"exchange", wire::event_exchange_name(source_service_)},
                                 {"routing_key", event_type_},
                                 {"source_service", source_service_},
                                 {"event_type", event_type_},
                                 {"handler_type", std::string(name_of(handler_options_.type))}};
    if (!has_drawn_name) {
        description.details.set("queue",
                                wire::event_queue_name(on_wire(handler_options_.type),
                                                       {source_service_, event_type_, service_name, method_name()},
                                                       handler_options_.broadcast_identifier));
    }
    return description;
}

messaging::QueueEntrypoint::Options EventEntrypoint::consume_from(const ServiceContainer& container) const {
    const Environment& environment = container.environment();
    std::string identifier = handler_options_.broadcast_identifier;
    if (handler_options_.type == HandlerType::broadcast && identifier.empty()) {
        if (handler_options_.reliable_delivery) {
            throw ConfigurationError(
                fmt::format("event handler `{}.{}`: a reliable broadcast needs a broadcast_identifier that stays the "
                            "same over restarts; "
                            "give one, or set reliable_delivery to false",
                            container.service_name(), method_name()));
        }
        identifier = environment.random.uuid4().text();
        identifier.erase(std::remove(identifier.begin(), identifier.end(), '-'), identifier.end());
    }
    wire::EventOptions wire_options;
    wire_options.type = on_wire(handler_options_.type);
    wire_options.reliable = handler_options_.reliable_delivery;
    wire_options.broadcast_identifier = std::move(identifier);
    wire_options.auto_delete_exchange = environment.config.boolean("AUTO_DELETE_EVENT_EXCHANGES").value_or(false);
    const wire::Subscription subscription =
        wire::event_subscription({source_service_, event_type_, container.service_name(), method_name()}, wire_options);
    Options options;
    options.subscription = {subscription.queue.name, subscription.topology()};
    if (!environment.config.boolean("DECLARE_EVENT_EXCHANGES").value_or(true)) {
        options.subscription.topology.erase(options.subscription.topology.begin());
    }
    options.settlement = {handler_options_.requeue_on_error,
                          fmt::format("an event `{}` of `{}`", event_type_, source_service_)};
    options.settlement.guarantee = configured_guarantee(environment.config, "delivery.events");
    return options;
}

std::unique_ptr<Entrypoint> make_entrypoint(std::string source_service, std::string event_type,
                                            EventHandlerOptions options, MethodCall method) {
    return std::make_unique<EventEntrypoint>(std::move(source_service), std::move(event_type), std::move(options),
                                             std::move(method));
}

}  // namespace hiratake::events
