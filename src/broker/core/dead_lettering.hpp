#pragma once

#include <cstdint>

#include "broker/core/dead_letter.hpp"
#include "broker/core/message.hpp"

namespace hiratake::broker::core {

/// Publishes the letter through its queue's dead-letter exchange, with the story of its death in the headers. It goes
/// nowhere when that exchange is missing, and not to a queue that it has died in before unless somebody rejected it
/// since: that would go round for ever.
void send_dead_letter(const DeadLetter& letter);

/// The message with the header `x-delivery-count`, as quorum queues hand out what came back.
MessagePointer with_delivery_count(const Message& message, std::uint32_t count);

}  // namespace hiratake::broker::core
