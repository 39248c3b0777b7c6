#include "net/parker.hpp"

#include <utility>

#include "net/futex.hpp"

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
    while (!is_over()) {
        const std::uint32_t seen = notifications_;
        is_thread_waiting_ = true;
        lock.unlock();
        futex_wait(notifications_, seen, deadline);
        lock.lock();
        is_thread_waiting_ = false;
    }
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

// Once the lock is free the parker may be gone. A thread is woken after that all the same: it would only wait again,
// for the lock.
void Parker::notify(std::unique_lock<std::mutex>& lock) {
    if (fiber_) return fiber_->scheduler().wake(*fiber_, wait_of_fiber_);
    if (!is_thread_waiting_) return;
    ++notifications_;
    const auto* const word = &notifications_;
    lock.unlock();
    futex_wake(word);
}

void Parker::clock_moved() {
    std::unique_lock lock(mutex_);
    notify(lock);
}

void Parker::unpark() {
    std::unique_lock lock(mutex_);
    token_ = true;
    notify(lock);
}

}  // namespace hiratake::net
