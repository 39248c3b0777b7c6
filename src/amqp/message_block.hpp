#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace hiratake::amqp {

/// What a message consists of: where it goes (or came from), its properties as on the wire, and its body.
struct MessageParts {
    std::string_view exchange;
    std::string_view routing_key;
    /// From the property flags on.
    std::string_view encoded_properties;
    std::string_view body;

    std::size_t size() const { return exchange.size() + routing_key.size() + encoded_properties.size() + body.size(); }
};

/// What an object derives from that has a message which crosses threads and outlives buffers: the message's parts lie
/// behind the object, in its own block of memory. It begins with `new (parts) Object{parts, …}`.
template <class Object>
class MessageBlock {
  public:
    // Neither copied nor moved: what lies behind it would stay.
    MessageBlock& operator=(MessageBlock&&) = delete;

    static void* operator new(std::size_t size, const MessageParts& parts) {
        return ::operator new(size + parts.size());
    }
    static void operator delete(void* block, const MessageParts&) { ::operator delete(block); }
    // Not by its size: the block is larger than the object.
    static void operator delete(void* block) { ::operator delete(block); }

    std::string_view exchange() const { return part(0, exchange_size_); }
    std::string_view routing_key() const { return part(exchange_size_, routing_key_size_); }
    std::string_view encoded_properties() const { return part(properties_at(), properties_size_); }
    std::string_view body() const { return part(properties_at() + properties_size_, body_size_); }
    /// Of all parts together.
    std::size_t size() const { return properties_at() + properties_size_ + body_size_; }

  private:
    friend Object;

    explicit MessageBlock(const MessageParts& parts)
        : body_size_(parts.body.size()),
          properties_size_(static_cast<std::uint32_t>(parts.encoded_properties.size())),
          exchange_size_(static_cast<std::uint16_t>(parts.exchange.size())),
          routing_key_size_(static_cast<std::uint16_t>(parts.routing_key.size())) {
        char* to = const_cast<char*>(begin());
        for (const std::string_view each : {parts.exchange, parts.routing_key, parts.encoded_properties, parts.body}) {
            if (!each.empty()) std::memcpy(to, each.data(), each.size());
            to += each.size();
        }
    }
    ~MessageBlock() = default;

    const char* begin() const { return reinterpret_cast<const char*>(static_cast<const Object*>(this) + 1); }
    std::size_t properties_at() const { return std::size_t{exchange_size_} + routing_key_size_; }
    std::string_view part(std::size_t at, std::size_t size) const { return {begin() + at, size}; }

    std::size_t body_size_;
    std::uint32_t properties_size_;
    // Short strings (AMQP 0-9-1, 4.2.5.3).
    std::uint16_t exchange_size_;
    std::uint16_t routing_key_size_;
};

}  // namespace hiratake::amqp
