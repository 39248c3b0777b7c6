#include "broker/core/message.hpp"

namespace hiratake::broker::core {

Message::Message(std::string_view exchange, std::string_view routing_key, std::string_view properties,
                 std::string_view body, MessageFacts facts, MemoryMeter& meter)
    : meter_(meter),
      body_length_(body.size()),
      properties_length_(static_cast<std::uint32_t>(properties.size())),
      exchange_length_(static_cast<std::uint16_t>(exchange.size())),
      routing_key_length_(static_cast<std::uint16_t>(routing_key.size())),
      facts_(facts) {
    content_.reserve(exchange.size() + routing_key.size() + properties.size() + body.size());
    content_.append(exchange).append(routing_key).append(properties).append(body);
    meter_.add(footprint());
}

Message::~Message() {
    meter_.remove(footprint());
}

}  // namespace hiratake::broker::core
