#pragma once

#include <chrono>
#include <cstddef>

#include "hiratake/base/clock.hpp"

namespace hiratake::websocket {

/// What one socket may take up, and what happens at each bound.
struct Limits {
    /// Of one message of the client, its fragments together. Beyond: close 1009.
    std::size_t max_message_bytes = 1024 * 1024;
    /// What waits for the client to take it. Beyond: what is not being written yet is dropped, and close 1008. A
    /// message that alone is larger goes through when nothing else waits.
    std::size_t max_queued_bytes = 1024 * 1024;
    /// The client's silence after which it is sent a ping, and how long the pong may take. Then: the connection is
    /// taken for dead. Zero: no pings.
    Duration ping_interval = std::chrono::seconds{20};
    /// For the client to take what is being written. Beyond: the connection is taken for dead.
    Duration write_timeout = std::chrono::seconds{30};
    /// For the client to answer a Close frame, and then to close the connection. Beyond: it is cut.
    Duration close_timeout = std::chrono::seconds{5};
};

}  // namespace hiratake::websocket
