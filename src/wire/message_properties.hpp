#pragma once

#include <optional>
#include <string_view>

#include "amqp/properties.hpp"
#include "hiratake/payload/serializer.hpp"

/// Which properties Nameko sets on its messages, flag by flag. What is returned holds views into the arguments.
namespace hiratake::wire {

/// Persistent, with priority 0; to be published mandatory, so that a service without a queue is found out.
/// @param encoded_headers a table as an amqp::TableWriter writes it
amqp::Properties request_properties(const Serializer& serializer, std::string_view correlation_id,
                                    std::string_view reply_to, std::string_view encoded_headers);

/// A reply carries no context, and yet an empty table of headers.
/// @param serializer that of the request
/// @param correlation_id the request's; none when it had none
amqp::Properties reply_properties(const Serializer& serializer, std::optional<std::string_view> correlation_id);

/// An event, or a message of a user's own.
amqp::Properties event_properties(const Serializer& serializer, std::string_view encoded_headers);

}  // namespace hiratake::wire
