#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "broker/core/memory_meter.hpp"

namespace hiratake::broker::core {

/// What the broker itself needs to know of a message's properties.
struct MessageFacts {
    bool persistent = false;
    std::uint8_t priority = 0;
    std::optional<std::chrono::milliseconds> expiration;
};

/// One published message. Never changes: a dead letter is a new one.
///
/// Counted by reference because it lies in several queues and unacknowledged deliveries at once; the count is a plain
/// number, since a broker runs on one thread.
class Message : public boost::intrusive_ref_counter<Message, boost::thread_unsafe_counter> {
  public:
    /// `properties` are encoded, from the property flags on. The meter must outlive the message.
    static boost::intrusive_ptr<const Message> create(std::string_view exchange, std::string_view routing_key,
                                                      std::string_view properties, std::string_view body,
                                                      MessageFacts facts, MemoryMeter& meter);
    ~Message();
    Message(const Message&) = delete;
    Message& operator=(const Message&) = delete;
    /// Its block is larger than the object.
    static void operator delete(void* message) { ::operator delete(message); }

    std::string_view exchange() const { return view(0, exchange_length_); }
    std::string_view routing_key() const { return view(exchange_length_, routing_key_length_); }
    std::string_view properties() const {
        return view(std::size_t{exchange_length_} + routing_key_length_, properties_length_);
    }
    std::string_view body() const {
        return view(std::size_t{exchange_length_} + routing_key_length_ + properties_length_, body_length_);
    }
    const MessageFacts& facts() const { return facts_; }
    MemoryMeter& meter() const { return meter_; }

  private:
    Message(std::string_view exchange, std::string_view routing_key, std::string_view properties, std::string_view body,
            MessageFacts facts, MemoryMeter& meter);

    // Exchange, routing key, properties and body lie behind the object, in its own block of memory.
    std::string_view view(std::size_t offset, std::size_t length) const {
        return {reinterpret_cast<const char*>(this + 1) + offset, length};
    }
    std::size_t footprint() const {
        return sizeof(Message) + exchange_length_ + routing_key_length_ + properties_length_ + body_length_;
    }

    MemoryMeter& meter_;
    std::size_t body_length_;
    std::uint32_t properties_length_;
    std::uint16_t exchange_length_;
    std::uint16_t routing_key_length_;
    MessageFacts facts_;
};

using MessagePointer = boost::intrusive_ptr<const Message>;

}  // namespace hiratake::broker::core
