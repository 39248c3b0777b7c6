#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "broker/core/queue_entry.hpp"

namespace hiratake::broker::core {

/// The messages of a queue that wait for a consumer: by priority, and by position within one.
class ReadyMessages {
  public:
    /// Messages of a higher priority than `max_priority` count as being of that.
    explicit ReadyMessages(std::uint8_t max_priority);

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Of the bodies alone, as x-max-length-bytes counts.
    std::size_t body_bytes() const { return body_bytes_; }

    void push_back(QueueEntry entry);
    /// Puts an entry back at its position.
    void restore(QueueEntry entry);
    /// The next to be delivered. Must not be empty.
    QueueEntry pop_front();
    /// The one that makes room in a queue that is full: the first of the lowest priority. Must not be empty.
    QueueEntry pop_least();
    /// The first of some priority whose time has come. Those behind it wait, though their own may have come earlier.
    std::optional<QueueEntry> pop_expired(TimePoint now);
    /// When pop_expired() will next have something; never, unless an expiring message is first of its priority.
    TimePoint next_expiry() const;
    std::vector<QueueEntry> take_all();

  private:
    using Level = std::deque<QueueEntry>;

    Level& level_of(const QueueEntry& entry);
    QueueEntry pop_front(Level& level);
    void count(const QueueEntry& entry);

    std::vector<Level> levels_;
    std::size_t size_ = 0;
    std::size_t body_bytes_ = 0;
};

}  // namespace hiratake::broker::core
