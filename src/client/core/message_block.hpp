#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/byte_buffer.hpp"

namespace hiratake::client::core {

/// Where a message goes (or came from), its properties as on the wire, and its body, in one block of memory: a message
/// crosses threads and outlives buffers at the price of one allocation.
class MessageBlock {
  public:
    MessageBlock() = default;
    MessageBlock(std::string_view exchange, std::string_view routing_key, std::string_view encoded_properties,
                 std::string_view body)
        : MessageBlock(exchange, routing_key, encoded_properties.size(), body,
                       [&](amqp::ByteBuffer& bytes) { bytes.append(encoded_properties); }) {}

    /// `append_properties(amqp::ByteBuffer&)` encodes the properties straight into the block, in about `room` bytes.
    template <class AppendProperties>
    MessageBlock(std::string_view exchange, std::string_view routing_key, std::size_t room, std::string_view body,
                 AppendProperties&& append_properties) {
        bytes_.reserve(exchange.size() + routing_key.size() + room + body.size());
        bytes_.append(exchange);
        routing_key_at_ = static_cast<std::uint32_t>(bytes_.size());
        bytes_.append(routing_key);
        properties_at_ = static_cast<std::uint32_t>(bytes_.size());
        append_properties(bytes_);
        body_at_ = static_cast<std::uint32_t>(bytes_.size());
        bytes_.append(body);
    }

    std::string_view exchange() const { return part(0, routing_key_at_); }
    std::string_view routing_key() const { return part(routing_key_at_, properties_at_); }
    std::string_view encoded_properties() const { return part(properties_at_, body_at_); }
    std::string_view body() const { return bytes_.view().substr(body_at_); }
    std::size_t size() const { return bytes_.size(); }

  private:
    std::string_view part(std::uint32_t from, std::uint32_t to) const { return bytes_.view().substr(from, to - from); }

    amqp::ByteBuffer bytes_;
    std::uint32_t routing_key_at_ = 0;
    std::uint32_t properties_at_ = 0;
    std::uint32_t body_at_ = 0;
};

}  // namespace hiratake::client::core
