#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/amqp/topology.hpp"
#include "wire/names.hpp"

namespace hiratake::wire {

/// All that has to be declared, in this order, before a queue is consumed, exactly as Nameko declares it: a peer that
/// finds other flags gets 406.
struct Subscription {
    amqp::Exchange exchange;
    amqp::Queue queue;
    std::string binding_key;

    amqp::Topology topology() const;
};

/// How long a reply queue outlives its last consumer, so that a reconnect loses no reply.
inline constexpr std::int32_t reply_queue_expires_ms = 300'000;

Subscription rpc_subscription(std::string_view service, std::string_view rpc_exchange = default_rpc_exchange);
/// @param owner the service, or standalone_proxy_name
Subscription reply_subscription(std::string_view owner, std::string_view uuid,
                                std::string_view rpc_exchange = default_rpc_exchange);

struct EventOptions {
    HandlerType type = HandlerType::service_pool;
    /// The queue outlives its consumers, and keeps events for them.
    bool reliable = true;
    /// Tells the instances apart that each get a broadcast. Nameko's is drawn anew at every start.
    std::string broadcast_identifier = {};
    /// Nameko's configuration key AUTO_DELETE_EVENT_EXCHANGES.
    bool auto_delete_exchange = false;
};

amqp::Exchange event_exchange(std::string_view source_service, bool auto_delete = false);
Subscription event_subscription(const EventHandlerId& handler, const EventOptions& options);

/// How long the queue of an instance outlives its consumer, so that a reconnect loses no event for its sockets, and how
/// much it may hold meanwhile; beyond, the oldest events are dropped.
inline constexpr std::int32_t web_socket_queue_expires_ms = 60'000;
inline constexpr std::int32_t web_socket_queue_max_length_bytes = 64 * 1024 * 1024;

/// @param uuid of the instance
Subscription web_socket_subscription(std::string_view service, std::string_view uuid);

}  // namespace hiratake::wire
