#include "net/stall_watch.hpp"

#include <utility>

namespace hiratake::net {

StallWatch::Finding StallWatch::check() {
    const std::uint64_t slice = slice_.load(std::memory_order_acquire);
    if (std::exchange(checked_, slice) != slice) {
        is_known_ = false;
        return Finding::moving;
    }
    if (slice % 2 == 0) return Finding::resting;
    return std::exchange(is_known_, true) ? Finding::known : Finding::stalled;
}

bool StallWatch::rest() {
    is_resting_ = true;
    if (slice_.load() == checked_) return true;
    is_resting_ = false;
    return false;
}

}  // namespace hiratake::net
