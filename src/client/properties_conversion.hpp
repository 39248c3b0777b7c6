#pragma once

#include <utility>

#include "amqp/properties.hpp"
#include "hiratake/client/message_properties.hpp"

namespace hiratake::client {

/// From what users see to what the codec encodes.
inline amqp::Properties to_wire(MessageProperties&& properties) {
    return {.content_type = properties.content_type,
            .content_encoding = properties.content_encoding,
            .headers = std::move(properties.headers),
            .delivery_mode = properties.delivery_mode,
            .priority = properties.priority,
            .correlation_id = properties.correlation_id,
            .reply_to = properties.reply_to,
            .expiration = properties.expiration,
            .message_id = properties.message_id,
            .timestamp = properties.timestamp,
            .type = properties.type,
            .user_id = properties.user_id,
            .app_id = properties.app_id};
}

/// And back. What is reserved by the protocol (cluster_id) is left out.
inline MessageProperties from_wire(amqp::Properties&& properties) {
    return {.content_type = properties.content_type,
            .content_encoding = properties.content_encoding,
            .headers = std::move(properties.headers),
            .delivery_mode = properties.delivery_mode,
            .priority = properties.priority,
            .correlation_id = properties.correlation_id,
            .reply_to = properties.reply_to,
            .expiration = properties.expiration,
            .message_id = properties.message_id,
            .timestamp = properties.timestamp,
            .type = properties.type,
            .user_id = properties.user_id,
            .app_id = properties.app_id};
}

}  // namespace hiratake::client
