#pragma once

#include <chrono>
#include <optional>

namespace hiratake::net {

/// What is set on every TCP socket. By default a peer that has vanished without a farewell is noticed after 60 + 9 * 10
/// s.
struct SocketOptions {
    bool no_delay = true;
    bool keep_alive = true;
    std::chrono::seconds keep_alive_idle{60};
    std::chrono::seconds keep_alive_interval{10};
    int keep_alive_count = 9;
    /// How long written bytes may stay unacknowledged before the connection is given up (TCP_USER_TIMEOUT).
    std::optional<std::chrono::milliseconds> user_timeout;
};

}  // namespace hiratake::net
