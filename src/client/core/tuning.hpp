#pragma once

#include <cstdint>

#include "amqp/frame.hpp"

namespace hiratake::client::core {

/// The limits of a connection: what the client asks for, and after connection.tune what both sides keep to.
struct Tuning {
    std::uint16_t channel_max = 2047;
    std::uint32_t frame_max = amqp::default_frame_max;
    std::uint16_t heartbeat_s = 60;

    friend bool operator==(const Tuning&, const Tuning&) = default;
};

}  // namespace hiratake::client::core
