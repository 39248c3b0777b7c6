#include "broker/core/consume_methods.hpp"

#include <fmt/core.h>

#include <utility>

#include "broker/core/channel.hpp"
#include "broker/core/declared_arguments.hpp"
#include "broker/core/direct_reply_to.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/generated_name.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

MaybeFault ConsumeMethods::on(const amqp::BasicQos& method) {
    if (method.prefetch_size != 0) return not_implemented(fmt::format("prefetch_size!=0 ({})", method.prefetch_size));
    // RabbitMQ's reading of `global`: false is for consumers to come, each its own; true is for the whole channel.
    if (method.global) {
        channel_.set_global_prefetch(method.prefetch_count);
    } else {
        channel_.set_prefetch(method.prefetch_count);
    }
    channel_.send(amqp::BasicQosOk{});
    return std::nullopt;
}

std::string ConsumeMethods::tag_for(const amqp::BasicConsume& method) const {
    return method.consumer_tag.empty() ? generated_name("amq.ctag-", channel_.environment().random)
                                       : std::string{method.consumer_tag};
}

MaybeFault ConsumeMethods::on(const amqp::BasicConsume& method) {
    if (method.queue == DirectReplyTo::pseudo_queue) return consume_replies(method);
    if (channel_.consumers().find(method.consumer_tag) != channel_.consumers().end()) {
        return not_allowed(fmt::format("attempt to reuse consumer tag '{}'", method.consumer_tag));
    }
    return consume_queue(method, tag_for(method));
}

MaybeFault ConsumeMethods::consume_replies(const amqp::BasicConsume& method) {
    if (channel_.has_reply_consumer()) return precondition_failed("reply consumer already set");
    if (!method.no_ack) return precondition_failed("reply consumer cannot acknowledge");
    const std::string tag = tag_for(method);
    channel_.set_reply_consumer(tag);
    confirm_consume(method, tag);
    return std::nullopt;
}

MaybeFault ConsumeMethods::consume_queue(const amqp::BasicConsume& method, std::string tag) {
    const auto name = channel_.resolve_queue_name(method.queue);
    if (!name) return name.error();
    if (MaybeFault fault = channel_.session().access().check_queue(Access::read, *name)) return fault;
    const auto queue = channel_.find_queue(*name);
    if (!queue) return queue.error();
    const std::string subject = described("queue", *name, channel_.vhost().name());
    const auto priority = read_consumer_priority(method.arguments, subject);
    if (!priority) return priority.error();
    const ConsumerGroup& others = (*queue)->consumers();
    const bool refuses_exclusive = !others.empty() || (*queue)->settings().single_active_consumer;
    if (others.has_exclusive() || (method.exclusive && refuses_exclusive)) {
        return access_refused(subject + " in exclusive use");
    }
    confirm_consume(method, tag);
    channel_.add_consumer(**queue, {.tag = std::move(tag),
                                    .no_ack = method.no_ack,
                                    .exclusive = method.exclusive,
                                    .priority = *priority,
                                    .prefetch = channel_.prefetch(),
                                    .arguments = method.arguments});
    return std::nullopt;
}

void ConsumeMethods::confirm_consume(const amqp::BasicConsume& method, const std::string& tag) {
    if (!method.no_wait) channel_.send(amqp::BasicConsumeOk{.consumer_tag = tag});
}

MaybeFault ConsumeMethods::on(const amqp::BasicCancel& method) {
    channel_.cancel_consumer(method.consumer_tag);
    if (!method.no_wait) channel_.send(amqp::BasicCancelOk{.consumer_tag = method.consumer_tag});
    return std::nullopt;
}

MaybeFault ConsumeMethods::on(const amqp::BasicGet& method) {
    const auto name = channel_.resolve_queue_name(method.queue);
    if (!name) return name.error();
    if (MaybeFault fault = channel_.session().access().check_queue(Access::read, *name)) return fault;
    const auto queue = channel_.find_queue(*name);
    if (!queue) return queue.error();
    if (std::optional<QueueEntry> entry = (*queue)->fetch(method.no_ack)) {
        channel_.deliver_fetched(**queue, *std::move(entry), method.no_ack);
    } else {
        channel_.send(amqp::BasicGetEmpty{});
    }
    return std::nullopt;
}

}  // namespace hiratake::broker::core
