#include "wire/subscription.hpp"

namespace hiratake::wire {

amqp::Topology Subscription::topology() const {
    return {exchange, queue, amqp::Binding{.queue = queue.name, .exchange = exchange.name, .routing_key = binding_key}};
}

Subscription rpc_subscription(std::string_view service, std::string_view rpc_exchange) {
    return {.exchange = {.name = std::string(rpc_exchange)},
            .queue = {.name = rpc_queue_name(service)},
            .binding_key = rpc_binding_key(service)};
}

Subscription reply_subscription(std::string_view owner, std::string_view uuid, std::string_view rpc_exchange) {
    return {.exchange = {.name = std::string(rpc_exchange)},
            .queue = {.name = reply_queue_name(owner, uuid), .arguments = {{"x-expires", reply_queue_expires_ms}}},
            .binding_key = std::string(uuid)};
}

amqp::Exchange event_exchange(std::string_view source_service, bool auto_delete) {
    return {.name = event_exchange_name(source_service), .auto_delete = auto_delete};
}

Subscription event_subscription(const EventHandlerId& handler, const EventOptions& options) {
    const bool is_broadcast = options.type == HandlerType::broadcast;
    return {.exchange = event_exchange(handler.source_service, options.auto_delete_exchange),
            .queue = {.name = event_queue_name(options.type, handler, options.broadcast_identifier),
                      .exclusive = is_broadcast && !options.reliable,
                      .auto_delete = !options.reliable},
            .binding_key = handler.event_type};
}

Subscription web_socket_subscription(std::string_view service, std::string_view uuid) {
    return {.exchange = {.name = web_socket_exchange_name(service), .type = "fanout"},
            .queue = {.name = web_socket_queue_name(service, uuid),
                      .arguments = {{"x-expires", web_socket_queue_expires_ms},
                                    {"x-max-length-bytes", web_socket_queue_max_length_bytes}}},
            .binding_key = {}};
}

}  // namespace hiratake::wire
