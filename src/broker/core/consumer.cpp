#include "broker/core/consumer.hpp"

#include <utility>

#include "broker/core/channel.hpp"

namespace hiratake::broker::core {

Consumer::Consumer(Channel& channel, Queue& queue, ConsumerSettings settings)
    : channel_(channel), queue_(queue), settings_(std::move(settings)) {}

bool Consumer::is_ready() const {
    if (!channel_.session().accepts_deliveries()) return false;
    if (settings_.no_ack) return true;
    return (settings_.prefetch == 0 || unacknowledged_ < settings_.prefetch) && channel_.has_credit();
}

void Consumer::deliver(QueueEntry entry) {
    channel_.deliver(*this, std::move(entry));
}

}  // namespace hiratake::broker::core
