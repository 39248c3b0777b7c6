#include "events/event_entrypoint.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/events/event_methods.hpp"
#include "hiratake/payload/argument_error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "wire/context.hpp"
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
    : Entrypoint(method_call.signature().method_name()),
      source_service_(std::move(source_service)),
      event_type_(std::move(event_type)),
      handler_options_(std::move(handler_options)),
      method_(std::move(method_call)) {}

EntrypointDescription EventEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    const bool is_broadcast = handler_options_.type == HandlerType::broadcast;
    // Unless it is given, each instance draws an identifier of its own when it starts.
    const bool has_drawn_name = is_broadcast && handler_options_.broadcast_identifier.empty();
    description.kind = "event";
    description.signature = &method_.signature();
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

void EventEntrypoint::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    container_ = &container;
    connection_ = &environment.resources.get<client::ConnectionSource>().connection();
    logger_ = std::make_unique<Logger>(environment.log, container.service_name());

    std::string identifier = handler_options_.broadcast_identifier;
    if (handler_options_.type == HandlerType::broadcast && identifier.empty()) {
        if (handler_options_.reliable_delivery) {
            throw ConfigurationError(
                fmt::format("event handler `{}.{}`: a reliable broadcast needs a broadcast_identifier that stays the "
                            "same over restarts; "
                            "give one, or set reliable_delivery to false",
                            container.service_name(), method_name()));
        }
        identifier = environment.random.uuid4();
        identifier.erase(std::remove(identifier.begin(), identifier.end(), '-'), identifier.end());
    }
    wire::EventOptions options;
    options.type = on_wire(handler_options_.type);
    options.reliable = handler_options_.reliable_delivery;
    options.broadcast_identifier = std::move(identifier);
    options.auto_delete_exchange = environment.config.boolean("AUTO_DELETE_EVENT_EXCHANGES").value_or(false);
    const wire::Subscription subscription =
        wire::event_subscription({source_service_, event_type_, container.service_name(), method_name()}, options);
    queue_ = subscription.queue.name;
    amqp::Topology topology = subscription.topology();
    if (!environment.config.boolean("DECLARE_EVENT_EXCHANGES").value_or(true)) topology.erase(topology.begin());
    connection_->declare(std::move(topology));
}

void EventEntrypoint::start() {
    client::ConsumerOptions options;
    options.queue = queue_;
    options.prefetch_count = static_cast<std::uint16_t>(std::min<std::size_t>(container_->max_workers(), 65535));
    consumer_ =
        connection_->consume(std::move(options), [this](client::Delivery delivery) { on_event(std::move(delivery)); });
    health_ = container_->environment().health.add("consumer " + queue_, [this] { return consumer_.health(); });
}

void EventEntrypoint::stop() noexcept {
    health_.end();
    consumer_.cancel();
}

void EventEntrypoint::on_event(client::Delivery delivery) {
    // A delivery that no worker takes is dropped with its task, and so goes back to the queue.
    const bool accepted = container_->submit([this, held = std::move(delivery)]() mutable { handle(std::move(held)); });
    if (!accepted) logger_->debug("an event goes back to its queue: the service is stopping, or all workers are busy");
}

void EventEntrypoint::handle(client::Delivery delivery) {
    try {
        run(delivery);
    } catch (const Error& error) {
        // It would make no more sense the next time.
        logger_->error("dropped an event `{}` of `{}`: {}", event_type_, source_service_, error.what());
        delivery.ack();
    }
}

void EventEntrypoint::run(client::Delivery& delivery) {
    const client::MessageProperties properties = delivery.properties();
    const std::string_view content_type = properties.content_type.value_or(serializer_.content_type);
    if (content_type != serializer_.content_type) {
        throw Error(
            fmt::format("content type `{}` is not accepted, send `{}`", content_type, serializer_.content_type));
    }
    Value data = serializer_.decode(delivery.body());
    wire::Context context;
    if (properties.headers) context = wire::decode_context(*properties.headers);
    Array arguments;
    arguments.push_back(std::move(data));
    method_.prepare(std::move(arguments), {}, [&](const ServiceContainer::Call& call) {
        container_->run_worker(*this, {std::move(context.call_id_stack), std::move(context.data)}, call,
                               [&](WorkerContext&, WorkerResult& result) {
                                   if (result.error && handler_options_.requeue_on_error) return delivery.reject(true);
                                   delivery.ack();
                               });
    });
}

std::unique_ptr<Entrypoint> make_entrypoint(std::string source_service, std::string event_type,
                                            EventHandlerOptions options, MethodCall method) {
    return std::make_unique<EventEntrypoint>(std::move(source_service), std::move(event_type), std::move(options),
                                             std::move(method));
}

}  // namespace hiratake::events
