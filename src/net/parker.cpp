#include "net/parker.hpp"

#include <utility>

namespace hiratake::net {

bool Parker::park(Deadline deadline) {
    std::unique_lock lock(mutex_);
    const auto is_woken = [this] { return token_; };
    if (deadline.is_never()) {
        woken_.wait(lock, is_woken);
    } else if (!woken_.wait_until(lock, deadline.at(), is_woken)) {
        return false;
    }
    token_ = false;
    return true;
}

bool Parker::park(Deadline deadline, const Clock& clock) {
    if (!clock.observe(*this)) return park(deadline);
    std::unique_lock lock(mutex_);
    woken_.wait(lock, [&] { return token_ || deadline.passed(clock.now()); });
    const bool was_woken = std::exchange(token_, false);
    lock.unlock();
    clock.forget(*this);
    return was_woken;
}

void Parker::clock_moved() {
    const std::lock_guard lock(mutex_);
    woken_.notify_one();
}

void Parker::unpark() {
    // Notified under the lock: once it is free the parker may be gone.
    const std::lock_guard lock(mutex_);
    token_ = true;
    woken_.notify_one();
}

}  // namespace hiratake::net
