#pragma once

#include <condition_variable>
#include <mutex>

#include "hiratake/base/deadline.hpp"

namespace hiratake::net {

/// The one way to wait for something that another thread brings about. Made by the one who waits, usually on its stack;
/// handed to the one who wakes. An unpark that comes before the park is not lost: the park returns at once.
class Parker : private ClockObserver {
  public:
    Parker() = default;
    Parker(const Parker&) = delete;
    Parker& operator=(const Parker&) = delete;

    /// Waits until unpark() or the deadline (of the machine's clock). Returns whether it was woken; takes the wake-up
    /// with it, so that the next park waits again. One thread at a time.
    bool park(Deadline deadline = Deadline::never());
    /// The same with a deadline of that clock, which may be one that stands still.
    bool park(Deadline deadline, const Clock& clock);
    /// From any thread. The parker may be destroyed as soon as park() has returned.
    void unpark();

  private:
    void clock_moved() override;

    std::mutex mutex_;
    std::condition_variable woken_;
    bool token_ = false;
};

}  // namespace hiratake::net
