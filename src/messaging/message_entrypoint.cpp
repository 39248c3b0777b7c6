#include "messaging/message_entrypoint.hpp"

#include <fmt/core.h>

#include <memory>
#include <utility>

#include "hiratake/messaging/message_info.hpp"
#include "hiratake/messaging/messaging_methods.hpp"
#include "hiratake/payload/convert.hpp"
#include "wire/field_value.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::messaging {
namespace {

std::optional<std::string> owned(std::optional<std::string_view> text) {
    return text ? std::optional<std::string>{*text} : std::nullopt;
}

Value info_of(const client::Delivery& delivery) {
    const client::MessageProperties properties = delivery.properties();
    wire::AttemptHistory history;
    if (properties.headers) history = wire::attempt_history(*properties.headers);
    MessageInfo info{.exchange = history.exchange.value_or(std::string(delivery.exchange())),
                     .routing_key = history.routing_key.value_or(std::string(delivery.routing_key())),
                     .attempt = history.failures + 1,
                     .redelivered = delivery.redelivered(),
                     .headers = properties.headers ? wire::from_table(*properties.headers) : Object{},
                     .content_type = owned(properties.content_type),
                     .correlation_id = owned(properties.correlation_id),
                     .reply_to = owned(properties.reply_to),
                     .message_id = owned(properties.message_id),
                     .type = owned(properties.type),
                     .user_id = owned(properties.user_id),
                     .app_id = owned(properties.app_id),
                     .priority = {},
                     .timestamp_s = {}};
    if (properties.priority) info.priority = *properties.priority;
    if (properties.timestamp) info.timestamp_s = properties.timestamp->seconds;
    return to_value(info);
}

}  // namespace

MessageEntrypoint::MessageEntrypoint(std::string queue, ConsumeOptions consume_options, MethodCall method_call)
    : QueueEntrypoint(std::move(method_call)), queue_(std::move(queue)), consume_options_(std::move(consume_options)) {}

QueueEntrypoint::Options MessageEntrypoint::consume_from(const ServiceContainer&) const {
    Options options;
    options.subscription = {queue_, consume_options_.topology};
    options.settlement = {consume_options_.requeue_on_error, fmt::format("a message of queue `{}`", queue_)};
    if (method().signature().parameters().size() > 1) options.second_argument = &info_of;
    return options;
}

EntrypointDescription MessageEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "message";
    description.signature = &method().signature();
    description.details = Object{{"queue", queue_}};
    return description;
}

std::unique_ptr<Entrypoint> make_entrypoint(std::string queue, ConsumeOptions options, MethodCall method) {
    return std::make_unique<MessageEntrypoint>(std::move(queue), std::move(options), std::move(method));
}

}  // namespace hiratake::messaging
