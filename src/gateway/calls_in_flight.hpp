#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

#include "net/parker.hpp"

namespace hiratake::gateway {

/// Counts the requests whose answers other services give, and bounds their number. Safe from any thread.
class CallsInFlight {
  public:
    /// One of them, until its destruction.
    class Place {
      public:
        explicit Place(CallsInFlight& calls) : calls_(&calls) {}
        Place(Place&& other) noexcept : calls_(std::exchange(other.calls_, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (calls_) calls_->leave();
        }

      private:
        CallsInFlight* calls_;
    };

    /// @param most how many there may be
    explicit CallsInFlight(std::size_t most) : most_(most) {}

    /// Nothing when there are as many as there may be.
    std::optional<Place> enter() {
        if (count_.fetch_add(1) < most_) return std::optional<Place>{std::in_place, *this};
        leave();
        return std::nullopt;
    }
    std::size_t count() const { return count_; }

    /// Waits until there is none. One thread at a time.
    /// @return false when there were some at the deadline
    bool wait_for_end(Deadline deadline) {
        while (count_ > 0) {
            if (!ended_.park(deadline)) return count_ == 0;
        }
        return true;
    }

  private:
    void leave() {
        if (count_.fetch_sub(1) == 1) ended_.unpark();
    }

    const std::size_t most_;
    std::atomic<std::size_t> count_ = 0;
    net::Parker ended_;
};

}  // namespace hiratake::gateway
