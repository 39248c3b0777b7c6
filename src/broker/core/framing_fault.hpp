#pragma once

#include "amqp/frame_error.hpp"
#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

/// What a client is told whose bytes are no frames, in RabbitMQ's words.
Fault fault_of(const amqp::FrameError& error);

}  // namespace hiratake::broker::core
