#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "broker/core/consumer.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/queue_entry.hpp"

namespace hiratake::broker::core {

/// A message that a client holds and has not settled.
struct Delivery {
    std::uint64_t tag = 0;
    /// Shared with the vhost: the queue may be deleted while its messages are out.
    QueuePointer queue;
    /// Null when it was fetched with basic.get.
    ConsumerPointer consumer;
    QueueEntry entry;
};

/// The unsettled deliveries of one channel, by ascending tag. Taking the oldest is a pop, taking any other a binary
/// search; places of those taken out of order are swept once they are the majority.
class UnacknowledgedDeliveries {
  public:
    /// Tags must ascend.
    void add(Delivery delivery);
    /// Nothing when the tag is unknown or settled.
    std::optional<Delivery> take(std::uint64_t tag);
    /// All up to and including `tag`, which must be known; 0 means all. Nothing when the tag is unknown.
    std::optional<std::vector<Delivery>> take_up_to(std::uint64_t tag);
    std::vector<Delivery> take_all();
    /// Puts back what take() and take_up_to() took, in any order.
    void restore(std::vector<Delivery> deliveries);

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

  private:
    /// Moved from, in its place.
    static bool is_settled(const Delivery& delivery) { return !delivery.queue; }
    std::deque<Delivery>::iterator find(std::uint64_t tag);
    void sweep();

    std::deque<Delivery> deliveries_;
    std::size_t size_ = 0;
};

}  // namespace hiratake::broker::core
