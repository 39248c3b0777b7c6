#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/byte_buffer.hpp"
#include "amqp/table_view.hpp"
#include "broker/core/fault.hpp"
#include "broker/core/message.hpp"

namespace hiratake::broker::core {

/// What the broker reads of the properties of a published message. Views into the encoded properties.
struct PublishProperties {
    MessageFacts facts;
    std::optional<std::string_view> user_id;
    std::optional<std::string_view> reply_to;
    /// The expiration as it was written; the facts hold its value once check_expiration() has passed it.
    std::optional<std::string_view> expiration;
    /// The headers CC and BCC, of which recipients must not see the second.
    std::optional<amqp::FieldView> carbon_copies;
    std::optional<amqp::FieldView> blind_copies;
    /// Further routing keys: what read_copies() has found in these.
    std::vector<std::string> copies;
};

/// Fails for properties that cannot be decoded.
Outcome<PublishProperties> read_publish_properties(std::string_view encoded);
/// Parses the expiration into the facts. Fails for anything but a number of milliseconds.
MaybeFault check_expiration(PublishProperties& properties);
/// Fills in the copies. Fails when CC or BCC is no list.
MaybeFault read_copies(PublishProperties& properties);
/// The properties again, without BCC, or with another reply_to. The input must be well-formed.
amqp::ByteBuffer without_blind_copies(std::string_view encoded);
amqp::ByteBuffer with_reply_to(std::string_view encoded, std::string_view reply_to);

/// A number of milliseconds is at most this, as in RabbitMQ: 2^32 - 1.
inline constexpr std::int64_t longest_expiration_ms = 4294967295;

}  // namespace hiratake::broker::core
