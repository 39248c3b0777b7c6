#pragma once

#include <condition_variable>
#include <mutex>

#include "hiratake/base/deadline.hpp"

namespace hiratake::net {

/// Waits until the condition holds or the deadline (of the machine's clock) passes, which may be never. Returns whether
/// it holds. Blocks the thread: Parker is for all that a worker may wait for.
template <class Condition>
bool wait_until(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, Deadline deadline,
                Condition condition) {
    if (!deadline.is_never()) return changed.wait_until(lock, deadline.at(), condition);
    changed.wait(lock, condition);
    return true;
}

}  // namespace hiratake::net
