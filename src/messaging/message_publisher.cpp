#include "messaging/message_publisher.hpp"

#include <fmt/core.h>

#include <utility>

#include "amqp/table_codec.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/messaging/publish_error.hpp"
#include "wire/field_value.hpp"

namespace hiratake {

PublishError::~PublishError() = default;
UndeliverableMessage::~UndeliverableMessage() = default;

}  // namespace hiratake

namespace hiratake::messaging {
namespace {

/// What a publish ends with that the broker has not confirmed.
std::exception_ptr failure_of(const client::PublishResult& result, const std::string& exchange,
                              const std::string& routing_key) {
    const std::string reason =
        fmt::format("the message for exchange '{}' with routing key '{}' was not published: {}: {}", exchange,
                    routing_key, to_string(result.status), result.detail);
    if (result.status == client::PublishStatus::returned) return std::make_exception_ptr(UndeliverableMessage(reason));
    return std::make_exception_ptr(PublishError(reason));
}

/// Views into the options.
client::MessageProperties properties_of(const PublishOptions& options) {
    client::MessageProperties properties;
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

/// Those of the user in place of others of the same name.
amqp::Table with_headers(std::string_view encoded, const Object& headers) {
    amqp::Table table;
    static_cast<void>(amqp::decode_table(encoded, table));  // We have just written it.
    for (const Member& header : headers) table.set(header.name, wire::to_field_value(header.value));
    return table;
}

}  // namespace

/// Hands the publication to `send`: it has views that hold no longer than this call.
void MessagePublisher::encode(const MessageToPublish& message, const wire::Context& context, const Send& send) const {
    const PublishOptions& options = message.options;
    const Serializer& serializer = serializers_.outgoing();
    const std::string serialized = message.payload ? serializer.encode(*message.payload) : std::string{};
    const std::string expiration_ms = options.expiration ? fmt::format("{}", options.expiration->count()) : "";

    client::Publication publication{.exchange = message.exchange,
                                    .routing_key = options.routing_key,
                                    .body = message.payload ? serialized : message.bytes,
                                    .properties = properties_of(options),
                                    .mandatory = options.mandatory};
    client::MessageProperties& properties = publication.properties;
    properties.content_type = message.payload ? serializer.content_type : message.content_type;
    properties.content_encoding = message.payload ? std::string_view{serializer.content_encoding} : "binary";
    if (options.expiration) properties.expiration = expiration_ms;
    const amqp::ByteBuffer encoded_headers = wire::encode_context(context, logger_);
    if (options.headers.empty()) {
        properties.encoded_headers = encoded_headers;
    } else {
        properties.headers = with_headers(encoded_headers, options.headers);
    }
    send(std::move(publication), Deadline::after(clock_.now(), options.timeout));
}

void MessagePublisher::publish(const MessageToPublish& message, const wire::Context& context) {
    encode(message, context, [&](client::Publication&& publication, Deadline deadline) {
        const auto result = connection_.publish_and_wait(std::move(publication), deadline);
        if (!result.ok()) std::rethrow_exception(failure_of(result, message.exchange, message.options.routing_key));
    });
}

std::shared_ptr<PendingConfirm> MessagePublisher::publish_async(const MessageToPublish& message,
                                                                const wire::Context& context) {
    std::shared_ptr<PendingConfirm> confirm;
    encode(message, context, [&](client::Publication&& publication, Deadline deadline) {
        // Shared between the caller's handle and the connection.
        confirm = std::make_shared<PendingConfirm>(
            context.call_id_stack.empty() ? logger_ : logger_.for_call(context.call_id_stack.back()), deadline, clock_);
        const auto settle = [confirm, exchange = message.exchange,
                             routing_key = message.options.routing_key](const client::PublishResult& result) {
            confirm->settle(result.ok() ? nullptr : failure_of(result, exchange, routing_key));
        };
        try {
            connection_.publish(std::move(publication), deadline, settle);
        } catch (const client::ConnectionClosed& error) {
            settle({client::PublishStatus::connection_lost, error.what()});
        }
    });
    return confirm;
}

}  // namespace hiratake::messaging
