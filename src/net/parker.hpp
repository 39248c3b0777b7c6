#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "hiratake/base/deadline.hpp"
#include "net/fiber.hpp"

namespace hiratake::net {

/// The one way to wait for something that another thread or another fiber brings about: on a thread it blocks, on a
/// fiber it suspends that alone. Made by the one who waits, usually on its stack; handed to the one who wakes. An
/// unpark that comes before the park is not lost: the park returns at once.
class Parker : private ClockObserver {
  public:
    Parker() = default;
    Parker(const Parker&) = delete;
    Parker& operator=(const Parker&) = delete;

    /// Waits until unpark() or the deadline (of the machine's clock). Returns whether it was woken; takes the wake-up
    /// with it, so that the next park waits again. One thread or fiber at a time.
    bool park(Deadline deadline = Deadline::never());
    /// The same with a deadline of that clock, which may be one that stands still.
    bool park(Deadline deadline, const Clock& clock);
    /// From any thread. The parker may be destroyed as soon as park() has returned.
    void unpark();

  private:
    template <class Condition>
    void wait(std::unique_lock<std::mutex>& lock, Deadline deadline, Condition is_over);
    template <class Condition>
    void wait_on(Fiber& fiber, std::unique_lock<std::mutex>& lock, Deadline deadline, Condition is_over);
    void notify(std::unique_lock<std::mutex>& lock);
    void clock_moved() override;

    std::mutex mutex_;
    bool token_ = false;
    bool is_thread_waiting_ = false;
    /// What the thread waits for to change.
    std::atomic<std::uint32_t> notifications_ = 0;
    Fiber* fiber_ = nullptr;
    Fiber::Wait wait_of_fiber_ = 0;
};

}  // namespace hiratake::net
