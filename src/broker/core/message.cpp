#include "broker/core/message.hpp"

#include <cstring>
#include <new>

namespace hiratake::broker::core {

MessagePointer Message::create(std::string_view exchange, std::string_view routing_key, std::string_view properties,
                               std::string_view body, MessageFacts facts, MemoryMeter& meter) {
    const std::size_t size = exchange.size() + routing_key.size() + properties.size() + body.size();
    void* const block = ::operator new(sizeof(Message) + size);
    return MessagePointer{::new (block) Message(exchange, routing_key, properties, body, facts, meter)};
}

Message::Message(std::string_view exchange, std::string_view routing_key, std::string_view properties,
                 std::string_view body, MessageFacts facts, MemoryMeter& meter)
    : meter_(meter),
      body_length_(body.size()),
      properties_length_(static_cast<std::uint32_t>(properties.size())),
      exchange_length_(static_cast<std::uint16_t>(exchange.size())),
      routing_key_length_(static_cast<std::uint16_t>(routing_key.size())),
      facts_(facts) {
    char* to = reinterpret_cast<char*>(this + 1);
    for (const std::string_view part : {exchange, routing_key, properties, body}) {
        if (!part.empty()) std::memcpy(to, part.data(), part.size());
        to += part.size();
    }
    meter_.add(footprint());
}

Message::~Message() {
    meter_.remove(footprint());
}

}  // namespace hiratake::broker::core
