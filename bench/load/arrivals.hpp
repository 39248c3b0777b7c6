#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "load/load.hpp"

namespace bench {

/// Ends of calls that a thread of the system's own brings, for the one that makes the load.
class Arrivals {
  public:
    /// From any thread.
    void push(std::uint64_t number) {
        const std::lock_guard lock{mutex_};
        ended_.push_back({number, Clock::now()});
        if (ended_.size() == 1) changed_.notify_one();
    }

    std::optional<Ended> wait(Clock::time_point until) {
        std::unique_lock lock{mutex_};
        const auto is_there = [this] { return !ended_.empty(); };
        if (until == forever) {
            changed_.wait(lock, is_there);
        } else if (!changed_.wait_until(lock, until, is_there)) {
            return std::nullopt;
        }
        const Ended first = ended_.front();
        ended_.pop_front();
        return first;
    }

    bool empty() const {
        const std::lock_guard lock{mutex_};
        return ended_.empty();
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Ended> ended_;
};

}  // namespace bench
