#pragma once

#include <cstddef>
#include <string>

namespace hiratake {

/// What a queue of the embedded broker holds.
struct QueueContent {
    std::string vhost;
    std::string queue;
    /// Messages that no consumer has been sent.
    std::size_t ready = 0;
    /// Messages that consumers have been sent and have not acknowledged.
    std::size_t unacknowledged = 0;
};

}  // namespace hiratake
