#include "broker/core/queue_methods.hpp"

#include <fmt/core.h>

#include <utility>

#include "broker/core/broker.hpp"
#include "broker/core/channel.hpp"
#include "broker/core/declared_arguments.hpp"
#include "broker/core/direct_reply_to.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/exchange_methods.hpp"
#include "broker/core/generated_name.hpp"
#include "broker/core/names.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

Fault exclusively_locked(const Queue& queue) {
    return resource_locked(fmt::format(
        "cannot obtain exclusive access to locked {}. It could be originally declared on another connection or the "
        "exclusive property value does not match that of the original declaration.",
        described("queue", queue.name(), queue.vhost().name())));
}

MaybeFault QueueMethods::on(const amqp::QueueDeclare& method) {
    if (DirectReplyTo::is_reply_name(method.queue)) return declare_reply_name(method);
    const Outcome<Queue*> declared =
        method.passive ? declare_passively(without_line_breaks(method.queue)) : declare(method);
    if (!declared) return declared.error();
    Queue& queue = **declared;
    queue.touch();
    channel_.remember_queue(queue.name());
    if (!method.no_wait) {
        channel_.send(amqp::QueueDeclareOk{.queue = queue.name(),
                                           .message_count = static_cast<std::uint32_t>(queue.ready_count()),
                                           .consumer_count = static_cast<std::uint32_t>(queue.consumers().size())});
    }
    return std::nullopt;
}

MaybeFault QueueMethods::declare_reply_name(const amqp::QueueDeclare& method) {
    const bool is_there = method.queue == DirectReplyTo::pseudo_queue ||
                          channel_.session().broker().direct_reply_to().knows(method.queue);
    if (!is_there) return not_found("no " + described("queue", method.queue, channel_.vhost().name()));
    if (!method.no_wait) {
        channel_.send(amqp::QueueDeclareOk{.queue = method.queue, .message_count = 0, .consumer_count = 1});
    }
    return std::nullopt;
}

Outcome<Queue*> QueueMethods::declare_passively(std::string_view name) {
    return channel_.find_queue(name);
}

Outcome<Queue*> QueueMethods::declare(const amqp::QueueDeclare& method) {
    std::string name = without_line_breaks(method.queue);
    if (name.empty()) {
        name = generated_name("amq.gen-", channel_.environment().random);
    } else if (MaybeFault fault = check_not_reserved("queue", name)) {
        return *std::move(fault);
    }
    if (MaybeFault fault = channel_.session().access().check_queue(Access::configure, name)) return *std::move(fault);
    if (Queue* current = channel_.vhost().find_queue(name)) {
        if (MaybeFault fault = check_equivalent(*current, method)) return *std::move(fault);
        return current;
    }
    QueueSettings settings;
    // An exclusive queue goes with its connection, so it cannot outlive the broker either.
    settings.durable = method.durable && !method.exclusive;
    settings.auto_delete = method.auto_delete;
    settings.exclusive_owner = method.exclusive ? &channel_.session() : nullptr;
    settings.arguments = method.arguments;
    return declare_new(std::move(name), std::move(settings));
}

Outcome<Queue*> QueueMethods::declare_new(std::string name, QueueSettings settings) {
    Vhost& vhost = channel_.vhost();
    if (MaybeFault fault = read_queue_arguments(settings, described("queue", name, vhost.name()))) {
        return *std::move(fault);
    }
    if (settings.dead_letter_exchange) {
        AccessControl& access = channel_.session().access();
        if (MaybeFault fault = access.check_queue(Access::read, name)) return *std::move(fault);
        if (MaybeFault fault = access.check_exchange(Access::write, *settings.dead_letter_exchange)) {
            return *std::move(fault);
        }
    }
    Queue& queue = vhost.add_queue(std::move(name), std::move(settings));
    if (Session* owner = queue.settings().exclusive_owner) owner->add_exclusive_queue(queue);
    return &queue;
}

MaybeFault QueueMethods::check_equivalent(Queue& queue, const amqp::QueueDeclare& method) const {
    const QueueSettings& current = queue.settings();
    const Session* owner = method.exclusive ? &channel_.session() : nullptr;
    if (current.exclusive_owner != owner) return exclusively_locked(queue);
    const std::string subject = described("queue", queue.name(), channel_.vhost().name());
    const bool durable = method.durable && !method.exclusive;
    if (MaybeFault fault = check_equivalent_flag(current.durable, durable, "durable", subject)) return fault;
    if (MaybeFault fault = check_equivalent_flag(current.auto_delete, method.auto_delete, "auto_delete", subject)) {
        return fault;
    }
    return check_equivalent_arguments(current.arguments, method.arguments, known_queue_arguments(), subject);
}

MaybeFault QueueMethods::check_ends(const std::string& queue, const std::string& exchange) {
    AccessControl& access = channel_.session().access();
    if (MaybeFault fault = access.check_queue(Access::write, queue)) return fault;
    if (MaybeFault fault = check_not_default(exchange)) return fault;
    return access.check_exchange(Access::read, exchange);
}

MaybeFault QueueMethods::on(const amqp::QueueBind& method) {
    const auto queue_name = channel_.resolve_queue_name(method.queue);
    if (!queue_name) return queue_name.error();
    // Neither name given: the queue declared last, by its own name.
    const std::string_view routing_key =
        method.queue.empty() && method.routing_key.empty() ? std::string_view{*queue_name} : method.routing_key;
    const std::string exchange_name = without_line_breaks(method.exchange);
    if (MaybeFault fault = check_ends(*queue_name, exchange_name)) return fault;
    const auto exchange = find_exchange(channel_.vhost(), exchange_name);
    if (!exchange) return exchange.error();
    const auto queue = channel_.find_queue(*queue_name);
    if (!queue) return queue.error();
    if (MaybeFault fault = check_binding_arguments(**exchange, method.arguments)) return fault;
    channel_.vhost().bind(**exchange, **queue, routing_key, method.arguments);
    if (!method.no_wait) channel_.send(amqp::QueueBindOk{});
    return std::nullopt;
}

MaybeFault QueueMethods::on(const amqp::QueueUnbind& method) {
    const auto queue_name = channel_.resolve_queue_name(method.queue);
    if (!queue_name) return queue_name.error();
    const std::string_view routing_key =
        method.queue.empty() && method.routing_key.empty() ? std::string_view{*queue_name} : method.routing_key;
    const std::string exchange_name = without_line_breaks(method.exchange);
    if (MaybeFault fault = check_ends(*queue_name, exchange_name)) return fault;
    Exchange* exchange = channel_.vhost().find_exchange(exchange_name);
    Queue* queue = channel_.vhost().find_queue(*queue_name);
    if (exchange && queue) {
        if (MaybeFault fault = channel_.check_exclusive_access(*queue)) return fault;
        channel_.vhost().unbind(*exchange, *queue, routing_key, method.arguments);
    }
    channel_.send(amqp::QueueUnbindOk{});
    return std::nullopt;
}

MaybeFault QueueMethods::on(const amqp::QueuePurge& method) {
    const auto name = channel_.resolve_queue_name(method.queue);
    if (!name) return name.error();
    if (MaybeFault fault = channel_.session().access().check_queue(Access::read, *name)) return fault;
    const auto queue = channel_.find_queue(*name);
    if (!queue) return queue.error();
    const std::size_t count = (*queue)->purge();
    if (!method.no_wait) channel_.send(amqp::QueuePurgeOk{.message_count = static_cast<std::uint32_t>(count)});
    return std::nullopt;
}

MaybeFault QueueMethods::on(const amqp::QueueDelete& method) {
    const auto name = channel_.resolve_queue_name(method.queue);
    if (!name) return name.error();
    if (MaybeFault fault = channel_.session().access().check_queue(Access::configure, *name)) return fault;
    Queue* queue = channel_.vhost().find_queue(*name);
    std::size_t count = 0;
    if (queue) {
        if (MaybeFault fault = channel_.check_exclusive_access(*queue)) return fault;
        const std::string subject = described("queue", *name, channel_.vhost().name());
        if (method.if_unused && !queue->consumers().empty()) return precondition_failed(subject + " in use");
        if (method.if_empty && queue->ready_count() > 0) return precondition_failed(subject + " not empty");
        count = queue->ready_count();
    }
    // The reply comes before the cancel that the deleter's own consumers are sent.
    if (!method.no_wait) channel_.send(amqp::QueueDeleteOk{.message_count = static_cast<std::uint32_t>(count)});
    if (queue) channel_.vhost().delete_queue(*queue);
    channel_.forget_queue(*name);
    return std::nullopt;
}

}  // namespace hiratake::broker::core
