#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "amqp/frame_writer.hpp"

namespace hiratake::client::core {

/// The deliveries of one channel that wait for their settlement, and the acknowledgements that wait to be written: one
/// frame stands for all of them up to a delivery (AMQP 0-9-1, 1.8.3.13, multiple), once none before it is open.
class UnsettledDeliveries {
  public:
    /// @param delivery_tag higher than all before on this channel
    void add(std::uint64_t delivery_tag);
    /// Whether the delivery was open. What is not acknowledged is rejected by the caller.
    bool settle(std::uint64_t delivery_tag, bool is_acknowledged);
    /// Of acknowledgements that wait to be written.
    std::size_t acknowledged() const { return acknowledged_.size(); }
    void write_acknowledgements(amqp::FrameWriter& writer, std::uint16_t channel);
    /// How many are open.
    std::size_t count() const { return open_; }
    /// The channel has gone, and the deliveries with it.
    void clear();

  private:
    struct Entry {
        std::uint64_t delivery_tag;
        bool is_settled;
    };

    Entry* find(std::uint64_t delivery_tag);

    /// Begins with one that is open.
    std::deque<Entry> entries_;
    std::size_t open_ = 0;
    /// No delivery up to this one is open.
    std::uint64_t settled_up_to_ = 0;
    std::vector<std::uint64_t> acknowledged_;
};

}  // namespace hiratake::client::core
