#include "wire/message_properties.hpp"

#include <utility>

namespace hiratake::wire {

amqp::Properties event_properties(const Serializer& serializer, amqp::Table headers) {
    amqp::Properties properties;
    properties.content_type = serializer.content_type;
    properties.content_encoding = serializer.content_encoding;
    properties.headers = std::move(headers);
    properties.delivery_mode = amqp::persistent_delivery_mode;
    properties.priority = std::uint8_t{0};
    return properties;
}

amqp::Properties request_properties(const Serializer& serializer, std::string_view correlation_id,
                                    std::string_view reply_to, amqp::Table headers) {
    amqp::Properties properties = event_properties(serializer, std::move(headers));
    properties.correlation_id = correlation_id;
    properties.reply_to = reply_to;
    return properties;
}

amqp::Properties reply_properties(const Serializer& serializer, std::optional<std::string_view> correlation_id) {
    amqp::Properties properties = event_properties(serializer, {});
    properties.correlation_id = correlation_id;
    return properties;
}

}  // namespace hiratake::wire
