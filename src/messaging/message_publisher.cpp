#include "messaging/message_publisher.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/messaging/publish_error.hpp"
#include "wire/field_value.hpp"

namespace hiratake {

PublishError::~PublishError() = default;
UndeliverableMessage::~UndeliverableMessage() = default;

}  // namespace hiratake

namespace hiratake::messaging {

void MessagePublisher::publish(const std::string& exchange, const Value& payload, const wire::Context& context,
                               const PublishOptions& options) {
    const Serializer& serializer = serializers_.outgoing();
    const std::string body = serializer.encode(payload);
    client::Publication publication{.exchange = exchange, .body = body, .properties = properties(context, options)};
    publication.properties.content_type = serializer.content_type;
    publication.properties.content_encoding = serializer.content_encoding;
    send(std::move(publication), options);
}

void MessagePublisher::publish_bytes(const std::string& exchange, std::string_view body, std::string_view content_type,
                                     const wire::Context& context, const PublishOptions& options) {
    client::Publication publication{.exchange = exchange, .body = body, .properties = properties(context, options)};
    publication.properties.content_type = content_type;
    publication.properties.content_encoding = "binary";
    send(std::move(publication), options);
}

// Holds views into the options.
client::MessageProperties MessagePublisher::properties(const wire::Context& context,
                                                       const PublishOptions& options) const {
    client::MessageProperties properties;
    properties.headers = wire::encode_context(context, logger_);
    for (const Member& header : options.headers)
        properties.headers->set(header.name, wire::to_field_value(header.value));
    properties.delivery_mode = options.persistent ? client::persistent : client::transient;
    properties.priority = options.priority;
    properties.correlation_id = options.correlation_id;
    properties.reply_to = options.reply_to;
    properties.message_id = options.message_id;
    properties.type = options.type;
    properties.user_id = options.user_id;
    properties.app_id = options.app_id;
    if (options.timestamp_s) properties.timestamp = amqp::Timestamp{*options.timestamp_s};
    return properties;
}

void MessagePublisher::send(client::Publication publication, const PublishOptions& options) {
    std::string expiration_ms;
    if (options.expiration) {
        expiration_ms = fmt::format("{}", options.expiration->count());
        publication.properties.expiration = expiration_ms;
    }
    publication.routing_key = options.routing_key;
    publication.mandatory = options.mandatory;
    const std::string exchange{publication.exchange};
    const client::PublishResult result =
        connection_.publish_and_wait(std::move(publication), Deadline::after(clock_.now(), options.timeout));
    if (result.ok()) return;
    const std::string reason =
        fmt::format("the message for exchange '{}' with routing key '{}' was not published: {}: {}", exchange,
                    options.routing_key, to_string(result.status), result.detail);
    if (result.status == client::PublishStatus::returned) throw UndeliverableMessage(reason);
    throw PublishError(reason);
}

}  // namespace hiratake::messaging
