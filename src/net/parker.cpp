#include "net/parker.hpp"

#include <utility>

#include "net/wait_until.hpp"

namespace hiratake::net {

bool Parker::park(Deadline deadline) {
    std::unique_lock lock(mutex_);
    wait(lock, deadline, [&] { return token_ || deadline.passed(SystemClock{}.now()); });
    return std::exchange(token_, false);
}

bool Parker::park(Deadline deadline, const Clock& clock) {
    if (!clock.observe(*this)) return park(deadline);
    std::unique_lock lock(mutex_);
    wait(lock, Deadline::never(), [&] { return token_ || deadline.passed(clock.now()); });
    const bool was_woken = std::exchange(token_, false);
    lock.unlock();
    clock.forget(*this);
    return was_woken;
}

template <class Condition>
void Parker::wait(std::unique_lock<std::mutex>& lock, Deadline deadline, Condition is_over) {
    if (Fiber* const fiber = Fiber::current()) return wait_on(*fiber, lock, deadline, is_over);
    wait_until(woken_, lock, deadline, is_over);
}

template <class Condition>
void Parker::wait_on(Fiber& fiber, std::unique_lock<std::mutex>& lock, Deadline deadline, Condition is_over) {
    while (!is_over()) {
        fiber_ = &fiber;
        wait_of_fiber_ = fiber.next_wait();
        lock.unlock();
        fiber.scheduler().suspend(fiber, deadline);
        lock.lock();
        fiber_ = nullptr;
    }
}

// Under the lock: once it is free the parker may be gone.
void Parker::notify() {
    if (fiber_) {
        fiber_->scheduler().wake(*fiber_, wait_of_fiber_);
    } else {
        woken_.notify_one();
    }
}

void Parker::clock_moved() {
    const std::lock_guard lock(mutex_);
    notify();
}

void Parker::unpark() {
    const std::lock_guard lock(mutex_);
    token_ = true;
    notify();
}

}  // namespace hiratake::net
