#include "broker/core/message.hpp"

namespace hiratake::broker::core {

MessagePointer Message::create(const amqp::MessageParts& parts, MessageFacts facts, MemoryMeter& meter) {
    return MessagePointer{new (parts) Message(parts, facts, meter)};
}

Message::Message(const amqp::MessageParts& parts, MessageFacts facts, MemoryMeter& meter)
    : MessageBlock(parts), meter_(meter), facts_(facts) {
    meter_.add(footprint());
}

Message::~Message() {
    meter_.remove(footprint());
}

}  // namespace hiratake::broker::core
