#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "amqp/frame_reader.hpp"
#include "hiratake/testing/faults.hpp"
#include "testing/fault_plan.hpp"

namespace hiratake::testing {

/// One direction of a connection: cuts the bytes into frames and lets pass what the plan says.
class FrameFilter {
  public:
    enum class Stop { no_more, delay, cut };
    /// Why pass() ended, and for how long.
    struct Result {
        Stop stop = Stop::no_more;
        Duration delay{};
    };

    FrameFilter(Direction direction, std::shared_ptr<FaultPlan> plan)
        : direction_(direction), plan_(std::move(plan)), is_before_header_(direction == Direction::to_broker) {}

    void feed(std::string_view bytes) { reader_.feed(bytes); }
    /// Appends the frames that pass to `out`, up to the next fault that stops the stream. After a delay it goes on with
    /// the frame that was delayed.
    Result pass(std::string& out);

  private:
    std::optional<Fault> fault_of(const amqp::Frame& frame);

    Direction direction_;
    std::shared_ptr<FaultPlan> plan_;
    bool is_before_header_;
    amqp::FrameReader reader_{0};
    std::string delayed_;
    /// Channels on which the content that comes belongs to a method that was dropped.
    std::set<std::uint16_t> dropping_;
};

}  // namespace hiratake::testing
