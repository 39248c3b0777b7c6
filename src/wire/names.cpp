#include "wire/names.hpp"

namespace hiratake::wire {
namespace {

template <class... Texts>
std::string joined(const Texts&... texts) {
    std::string text;
    text.reserve((std::string_view(texts).size() + ...));
    (text.append(texts), ...);
    return text;
}

}  // namespace

std::string rpc_queue_name(std::string_view service) {
    return joined("rpc-", service);
}
std::string rpc_binding_key(std::string_view service) {
    return joined(service, ".*");
}
std::string rpc_routing_key(std::string_view service, std::string_view method) {
    return joined(service, ".", method);
}

std::string_view method_in_routing_key(std::string_view routing_key) {
    return routing_key.substr(routing_key.rfind('.') + 1);
}

std::string_view service_in_routing_key(std::string_view routing_key) {
    return routing_key.substr(0, routing_key.rfind('.'));
}

std::string reply_queue_name(std::string_view owner, std::string_view uuid) {
    return joined("rpc.reply-", owner, "-", uuid);
}

std::string event_exchange_name(std::string_view source_service) {
    return joined(source_service, ".events");
}

std::string event_queue_name(HandlerType type, const EventHandlerId& handler, std::string_view broadcast_identifier) {
    std::string event = joined("evt-", handler.source_service, "-", handler.event_type);
    if (type == HandlerType::singleton) return event;
    const std::string pool = joined(event, "--", handler.service, ".", handler.method);
    return type == HandlerType::broadcast ? joined(pool, "-", broadcast_identifier) : pool;
}

std::string timer_queue_name(std::string_view service, std::string_view method) {
    return joined("timer-", service, ".", method);
}

std::string web_socket_exchange_name(std::string_view service) {
    return joined(service, ".websockets");
}

std::string web_socket_queue_name(std::string_view service, std::string_view uuid) {
    return joined("websockets-", service, "-", uuid);
}

}  // namespace hiratake::wire
