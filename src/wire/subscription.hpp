#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/amqp/table.hpp"
#include "wire/names.hpp"

namespace hiratake::wire {

/// An exchange as Nameko declares it: type topic, not internal, without arguments. A peer that declares it differently
/// gets 406.
struct ExchangeFlags {
    std::string name;
    bool durable = true;
    bool auto_delete = false;
};

/// A queue as Nameko declares it.
struct QueueFlags {
    std::string name;
    bool durable = true;
    bool exclusive = false;
    bool auto_delete = false;
    amqp::Table arguments = {};
};

/// All that has to be declared, in this order, before a queue is consumed: exchange, queue, binding.
struct Subscription {
    ExchangeFlags exchange;
    QueueFlags queue;
    std::string binding_key;
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

ExchangeFlags event_exchange(std::string_view source_service, bool auto_delete = false);
Subscription event_subscription(const EventHandlerId& handler, const EventOptions& options);

}  // namespace hiratake::wire
