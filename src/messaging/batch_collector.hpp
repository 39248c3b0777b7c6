#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "hiratake/base/deadline.hpp"

namespace hiratake::messaging {

/// Gathers messages into batches. Told what comes and when; asks no clock.
template <class Message>
class BatchCollector {
  public:
    /// @param max_messages at least one
    BatchCollector(std::size_t max_messages, Duration max_wait) : max_messages_(max_messages), max_wait_(max_wait) {}

    void add(Message message, TimePoint now) {
        if (batch_.empty()) due_ = Deadline::after(now, max_wait_);
        batch_.push_back(std::move(message));
    }
    bool is_full() const { return batch_.size() >= max_messages_; }
    /// When to take what is there, full or not; never while there is nothing.
    Deadline due() const { return due_; }
    std::vector<Message> take() {
        due_ = Deadline::never();
        return std::exchange(batch_, {});
    }

  private:
    std::size_t max_messages_;
    Duration max_wait_;
    std::vector<Message> batch_;
    Deadline due_ = Deadline::never();
};

}  // namespace hiratake::messaging
