#include "wire/message_properties.hpp"

namespace hiratake::wire {
namespace {

constexpr std::string_view no_headers{"\0\0\0\0", 4};

}  // namespace

amqp::Properties event_properties(const Serializer& serializer, std::string_view encoded_headers) {
    amqp::Properties properties;
    properties.content_type = serializer.content_type;
    properties.content_encoding = serializer.content_encoding;
    properties.encoded_headers = encoded_headers;
    properties.delivery_mode = amqp::persistent_delivery_mode;
    properties.priority = std::uint8_t{0};
    return properties;
}

amqp::Properties request_properties(const Serializer& serializer, std::string_view correlation_id,
                                    std::string_view reply_to, std::string_view encoded_headers) {
    amqp::Properties properties = event_properties(serializer, encoded_headers);
    properties.correlation_id = correlation_id;
    properties.reply_to = reply_to;
    return properties;
}

amqp::Properties reply_properties(const Serializer& serializer, std::optional<std::string_view> correlation_id) {
    amqp::Properties properties = event_properties(serializer, no_headers);
    properties.correlation_id = correlation_id;
    return properties;
}

}  // namespace hiratake::wire
