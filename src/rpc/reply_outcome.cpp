#include "rpc/reply_outcome.hpp"

#include <utility>

#include "amqp/properties.hpp"
#include "client/core/incoming_delivery.hpp"

namespace hiratake::rpc {

ReplyOutcome ReplyOutcome::brought_by(client::Delivery&& reply, const client::MessageProperties& properties,
                                      const std::shared_ptr<const Serializers>& serializers) {
    const Serializer* const serializer = serializers->for_content_type(properties.content_type.value_or(""));
    return {std::move(reply), serializer ? std::shared_ptr<const Serializer>{serializers, serializer} : nullptr,
            nullptr};
}

ReplyOutcome ReplyOutcome::made_up(std::string_view content_type, std::string_view body) {
    static const auto serializers = std::make_shared<const Serializers>();
    client::MessageProperties properties;
    properties.content_type = content_type;
    amqp::ByteBuffer encoded_properties;
    amqp::encode_properties(encoded_properties, properties);
    const amqp::MessageParts parts{"", "", encoded_properties, body};
    using client::core::IncomingDelivery;
    client::Delivery reply{client::core::IncomingDeliveryPointer{new (parts) IncomingDelivery{parts}}};
    return brought_by(std::move(reply), properties, serializers);
}

}  // namespace hiratake::rpc
