#pragma once

#include <deque>

#include "client/core/pending_publish.hpp"

namespace hiratake::client::core {

/// The publishes that wait to be written, in order. Its bound is the one on outstanding publishes, kept by the driver.
class Outbox {
  public:
    bool empty() const { return waiting_.empty(); }
    std::size_t size() const { return waiting_.size(); }

    void push(PendingPublishPointer publish);
    /// Puts what was written but not answered before everything else, so that the order of publishing stays.
    void push_front(std::deque<PendingPublishPointer> publishes);
    /// The next one to write. Must not be empty.
    PendingPublishPointer pop();

    /// Answers those whose deadline has passed.
    void expire(TimePoint now, SettledPublishes& settled);
    /// Answers all of them.
    void fail(PublishStatus status, std::string_view detail, SettledPublishes& settled);
    /// No deadline passes before this moment.
    Deadline next_deadline() const { return earliest_deadline_; }

  private:
    std::deque<PendingPublishPointer> waiting_;
    Deadline earliest_deadline_;
};

}  // namespace hiratake::client::core
