#pragma once

#include <map>
#include <string>

#include "hiratake/base/deadline.hpp"

namespace hiratake::messaging {

/// Until when one may publish to queues that the broker deletes a while after they were declared. Asks no clock.
class QueueLease {
  public:
    /// @param length how long after its declaration a message may be put into a queue
    explicit QueueLease(Duration length) : length_(length) {}

    /// Whether to declare the queue now, as it was not yet or a quarter of the time has passed. If so, the time counts
    /// from now.
    bool renew(const std::string& queue, TimePoint now) {
        const auto [entry, is_new] = declared_at_.try_emplace(queue, now);
        if (!is_new && now - entry->second < length_ / 4) return false;
        entry->second = now;
        return true;
    }
    /// When a message must have been confirmed at the latest.
    Deadline ends(const std::string& queue) const { return Deadline::after(declared_at_.at(queue), length_); }

  private:
    const Duration length_;
    std::map<std::string, TimePoint> declared_at_;
};

}  // namespace hiratake::messaging
