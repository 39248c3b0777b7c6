#pragma once

#include <string>
#include <string_view>

/// What Nameko calls its exchanges, queues and routing keys (nameko-wire: topology). Every name that goes to a broker
/// on behalf of a service is made here.
namespace hiratake::wire {

/// Unless `rpc_exchange` is configured.
inline constexpr std::string_view default_rpc_exchange = "nameko-rpc";

/// Where all instances of a service take their requests from: "rpc-mail".
std::string rpc_queue_name(std::string_view service);
/// What binds it: "mail.*".
std::string rpc_binding_key(std::string_view service);
/// "mail.send"
std::string rpc_routing_key(std::string_view service, std::string_view method);
/// The method in a routing key: what follows the last dot.
std::string_view method_in_routing_key(std::string_view routing_key);
/// The service in it: what precedes that dot.
std::string_view service_in_routing_key(std::string_view routing_key);

/// Where one container, or one stand-alone client, takes its replies from: "rpc.reply-mail-<uuid>".
/// @param uuid dashed; also the queue's binding key, and the reply_to of the requests
std::string reply_queue_name(std::string_view owner, std::string_view uuid);
/// The owner that stand-alone clients share.
inline constexpr std::string_view standalone_proxy_name = "standalone_rpc_proxy";

/// Where a service's events are published, under their type: "payments.events".
std::string event_exchange_name(std::string_view source_service);

/// Which of the instances of a service handle an event.
enum class HandlerType {
    /// One instance of each service.
    service_pool,
    /// One instance of any service.
    singleton,
    /// Every instance.
    broadcast,
};

/// A handler of an event.
struct EventHandlerId {
    std::string source_service;
    std::string event_type;
    std::string service;
    std::string method;
};

/// "evt-<source>-<type>--<service>.<method>", for a broadcast with "-<identifier>" behind it; "evt-<source>-<type>" for
/// a singleton.
/// @param broadcast_identifier tells the instances apart; by default the 32 digits of a uuid, without its dashes
std::string event_queue_name(HandlerType type, const EventHandlerId& handler, std::string_view broadcast_identifier);

/// Where the instances of a service take the ticks of a timer from that runs once per cluster: "timer-cleaner.sweep".
/// (Hiratake's own.)
std::string timer_queue_name(std::string_view service, std::string_view method);

/// Where the instances of a service tell each other which events to send to their WebSockets: "chat.websockets".
/// (Hiratake's own: Nameko's hub stays within a process.)
std::string web_socket_exchange_name(std::string_view service);
/// Where one instance takes them from: "websockets-chat-<uuid>".
std::string web_socket_queue_name(std::string_view service, std::string_view uuid);

}  // namespace hiratake::wire
