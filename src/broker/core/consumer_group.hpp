#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "broker/core/consumer.hpp"

namespace hiratake::broker::core {

/// The consumers of one queue and whose turn it is.
class ConsumerGroup {
  public:
    /// With a single active consumer, the others wait until it goes.
    explicit ConsumerGroup(bool single_active) : single_active_(single_active) {}

    void add(ConsumerPointer consumer);
    void remove(const Consumer& consumer);
    std::vector<ConsumerPointer> take_all();

    /// The next to deliver to: strictly in turn among the ready ones of the highest priority that has any; null when
    /// none is ready.
    Consumer* next_ready();
    /// Whether deliveries can go to it now or once it has credit: false for those that wait for their turn as the
    /// single active one.
    bool is_active(const Consumer& consumer) const;
    bool has_exclusive() const;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

  private:
    struct Level {
        std::int64_t priority;
        std::vector<ConsumerPointer> members;
        std::size_t turn = 0;
    };

    // Highest priority first. With a single active consumer there is one level, in the order of arrival.
    std::vector<Level> levels_;
    std::size_t size_ = 0;
    bool single_active_;
};

}  // namespace hiratake::broker::core
