#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/consumer_group.hpp"
#include "broker/core/dead_letter.hpp"
#include "broker/core/deadlines.hpp"
#include "broker/core/queue_settings.hpp"
#include "broker/core/ready_messages.hpp"
#include "broker/core/routing_target.hpp"

namespace hiratake::broker::core {

struct Environment;
class Vhost;

/// Messages in order, and the consumers that take them.
///
/// Counted by reference between its vhost and the deliveries that clients still hold when it is deleted; these are then
/// settled without effect.
class Queue final : public RoutingTarget,
                    public Timed,
                    public boost::intrusive_ref_counter<Queue, boost::thread_unsafe_counter> {
  public:
    Queue(Vhost& vhost, std::string name, QueueSettings settings, Environment& environment);

    Vhost& vhost() const { return vhost_; }
    const QueueSettings& settings() const { return settings_; }
    std::size_t ready_count() const { return ready_.size(); }
    std::size_t unacknowledged_count() const { return unacknowledged_; }
    bool is_deleted() const { return deleted_; }

    // Where messages come and go: a store would follow these.

    /// Delivers the message at once or takes it in. Returns false when the queue is full and refuses new messages.
    bool offer(const MessagePointer& message);
    /// The next message, for basic.get. With `no_ack` the queue forgets it.
    std::optional<QueueEntry> fetch(bool no_ack);
    /// A delivery has been consumed.
    void acknowledge();
    /// A delivery comes back, to its original position.
    void requeue(QueueEntry entry);
    /// A delivery is refused for good.
    void reject(const QueueEntry& entry);
    /// Drops what is ready. Returns how many.
    std::size_t purge();

    const ConsumerGroup& consumers() const { return consumers_; }
    void add_consumer(ConsumerPointer consumer);
    /// Also deletes the queue, when it is auto-delete and this was the last one.
    void remove_consumer(const Consumer& consumer);

    /// Delivers while there are messages and ready consumers.
    void deliver_ready();
    /// Starts x-expires anew: the queue has been used.
    void touch();
    /// Drops everything. Returns the consumers that there were, for them to be told.
    std::vector<ConsumerPointer> mark_deleted();

    void on_deadline(TimePoint now) override;

    /// Kept by Agenda.
    bool on_agenda = false;

  private:
    bool would_overflow(const Message& message) const;
    bool overflows() const;
    void drop_overflow();
    void drop_expired();
    TimePoint expiry_of(const Message& message) const;
    void deliver(Consumer& consumer, QueueEntry entry);
    void bury(const MessagePointer& message, DeathReason reason);

    Vhost& vhost_;
    Environment& environment_;
    QueueSettings settings_;
    ReadyMessages ready_;
    ConsumerGroup consumers_;
    std::size_t unacknowledged_ = 0;
    std::uint64_t next_position_ = 0;
    TimePoint expires_at_ = TimePoint::max();
    bool deleted_ = false;
};

using QueuePointer = boost::intrusive_ptr<Queue>;

}  // namespace hiratake::broker::core
