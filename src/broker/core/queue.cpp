#include "broker/core/queue.hpp"

#include <algorithm>
#include <utility>

#include "broker/core/dead_lettering.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

Queue::Queue(Vhost& vhost, std::string name, QueueSettings settings, Environment& environment)
    : RoutingTarget(Kind::queue, std::move(name)),
      Timed(environment.deadlines),
      vhost_(vhost),
      environment_(environment),
      settings_(std::move(settings)),
      ready_(settings_.max_priority),
      consumers_(settings_.single_active_consumer) {
    touch();
}

bool Queue::offer(const MessagePointer& message) {
    if (settings_.overflow != Overflow::drop_head && would_overflow(*message)) {
        if (settings_.overflow == Overflow::reject_publish_dead_letter) bury(message, DeathReason::max_length);
        return false;
    }
    QueueEntry entry{.message = message, .position = next_position_++, .expires_at = expiry_of(*message)};
    if (ready_.empty()) {
        if (Consumer* consumer = consumers_.next_ready()) {
            deliver(*consumer, std::move(entry));
            return true;
        }
    }
    ready_.push_back(std::move(entry));
    drop_overflow();
    drop_expired();
    return true;
}

std::optional<QueueEntry> Queue::fetch(bool no_ack) {
    touch();
    drop_expired();
    if (ready_.empty()) return std::nullopt;
    QueueEntry entry = ready_.pop_front();
    if (!no_ack) ++unacknowledged_;
    drop_expired();
    return entry;
}

void Queue::acknowledge() {
    --unacknowledged_;
}

void Queue::requeue(QueueEntry entry) {
    --unacknowledged_;
    if (deleted_) return;
    entry.redelivered = true;
    ++entry.requeue_count;
    if (settings_.delivery_limit && entry.requeue_count > *settings_.delivery_limit) {
        bury(entry.message, DeathReason::delivery_limit);
        return;
    }
    if (settings_.is_quorum) entry.message = with_delivery_count(*entry.message, entry.requeue_count);
    ready_.restore(std::move(entry));
    environment_.agenda.add(*this);
}

void Queue::reject(const QueueEntry& entry) {
    --unacknowledged_;
    if (!deleted_) bury(entry.message, DeathReason::rejected);
}

std::size_t Queue::purge() {
    return ready_.take_all().size();
}

void Queue::add_consumer(ConsumerPointer consumer) {
    consumers_.add(std::move(consumer));
    expires_at_ = TimePoint::max();
    environment_.agenda.add(*this);
}

void Queue::remove_consumer(const Consumer& consumer) {
    consumers_.remove(consumer);
    if (!consumers_.empty()) {
        environment_.agenda.add(*this);  // another one may have become the active one
        return;
    }
    touch();
    if (settings_.auto_delete) vhost_.delete_queue(*this);
}

void Queue::deliver_ready() {
    drop_expired();
    while (!ready_.empty()) {
        Consumer* consumer = consumers_.next_ready();
        if (!consumer) break;
        deliver(*consumer, ready_.pop_front());
        drop_expired();
    }
}

void Queue::deliver(Consumer& consumer, QueueEntry entry) {
    if (!consumer.settings().no_ack) ++unacknowledged_;
    consumer.deliver(std::move(entry));
}

void Queue::touch() {
    if (!settings_.expires || !consumers_.empty()) return;
    expires_at_ = environment_.clock.now() + *settings_.expires;
    call_by(expires_at_);
}

std::vector<ConsumerPointer> Queue::mark_deleted() {
    deleted_ = true;
    ready_.take_all();
    return consumers_.take_all();
}

void Queue::on_deadline(TimePoint now) {
    const QueuePointer self{this};
    if (deleted_) return;
    if (expires_at_ <= now) {
        vhost_.delete_queue(*this);
        return;
    }
    if (expires_at_ != TimePoint::max()) call_by(expires_at_);
    drop_expired();
}

bool Queue::would_overflow(const Message& message) const {
    return (settings_.max_length && ready_.size() + 1 > *settings_.max_length) ||
           (settings_.max_length_bytes && ready_.body_bytes() + message.body().size() > *settings_.max_length_bytes);
}

bool Queue::overflows() const {
    return (settings_.max_length && ready_.size() > *settings_.max_length) ||
           (settings_.max_length_bytes && ready_.body_bytes() > *settings_.max_length_bytes);
}

void Queue::drop_overflow() {
    while (!ready_.empty() && overflows()) bury(ready_.pop_least().message, DeathReason::max_length);
}

void Queue::drop_expired() {
    const TimePoint next = ready_.next_expiry();
    if (next == TimePoint::max()) return;
    const TimePoint now = environment_.clock.now();
    if (next <= now) {
        while (const std::optional<QueueEntry> entry = ready_.pop_expired(now)) {
            bury(entry->message, DeathReason::expired);
        }
    }
    call_by(ready_.next_expiry());
}

TimePoint Queue::expiry_of(const Message& message) const {
    const auto& expiration = message.facts().expiration;
    if (!expiration && !settings_.message_ttl) return TimePoint::max();
    const auto longest = std::chrono::milliseconds::max();
    return environment_.clock.now() + std::min(expiration.value_or(longest), settings_.message_ttl.value_or(longest));
}

void Queue::bury(const MessagePointer& message, DeathReason reason) {
    if (!settings_.dead_letter_exchange) return;
    environment_.agenda.add(DeadLetter{QueuePointer{this}, message, reason});
}

}  // namespace hiratake::broker::core
