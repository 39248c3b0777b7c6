#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstdint>
#include <string>

#include "broker/core/queue_entry.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

class Channel;
class Queue;

/// What basic.consume asked for.
struct ConsumerSettings {
    std::string tag;
    bool no_ack = false;
    bool exclusive = false;
    std::int64_t priority = 0;
    /// How many deliveries may be unacknowledged at once; 0: any number.
    std::uint32_t prefetch = 0;
    amqp::Table arguments;
};

/// A channel's wish for the messages of one queue.
///
/// Counted by reference between its channel, its queue and the deliveries that it has not acknowledged: these outlive a
/// basic.cancel.
class Consumer : public boost::intrusive_ref_counter<Consumer, boost::thread_unsafe_counter> {
  public:
    Consumer(Channel& channel, Queue& queue, ConsumerSettings settings);

    const ConsumerSettings& settings() const { return settings_; }
    const std::string& tag() const { return settings_.tag; }
    Channel& channel() const { return channel_; }
    Queue& queue() const { return queue_; }

    /// Whether neither a prefetch limit nor a client that does not read stands in the way of a delivery.
    bool is_ready() const;
    void deliver(QueueEntry entry);

    /// For the prefetch limit. Return whether the limit was reached before.
    void count_unacknowledged() { ++unacknowledged_; }
    bool count_settled() { return unacknowledged_-- == settings_.prefetch; }
    std::uint32_t unacknowledged() const { return unacknowledged_; }

  private:
    Channel& channel_;
    Queue& queue_;
    ConsumerSettings settings_;
    std::uint32_t unacknowledged_ = 0;
};

using ConsumerPointer = boost::intrusive_ptr<Consumer>;

}  // namespace hiratake::broker::core
