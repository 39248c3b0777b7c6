#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "amqp/message_block.hpp"
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
class Message final : public boost::intrusive_ref_counter<Message, boost::thread_unsafe_counter>,
                      public amqp::MessageBlock<Message> {
  public:
    /// The meter must outlive the message.
    static boost::intrusive_ptr<const Message> create(const amqp::MessageParts& parts, MessageFacts facts,
                                                      MemoryMeter& meter);
    ~Message();

    const MessageFacts& facts() const { return facts_; }
    MemoryMeter& meter() const { return meter_; }

  private:
    Message(const amqp::MessageParts& parts, MessageFacts facts, MemoryMeter& meter);

    std::size_t footprint() const { return sizeof(Message) + size(); }

    MemoryMeter& meter_;
    MessageFacts facts_;
};

using MessagePointer = boost::intrusive_ptr<const Message>;

}  // namespace hiratake::broker::core
