#pragma once

#include <optional>

#include "hiratake/base/deadline.hpp"
#include "net/timer_queue.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

class EventLoop;

/// Calls one handler at one moment of the loop's clock. All functions, the destructor included, are for the loop's
/// thread; there, once cancel() has returned, the handler does not run.
class Timer {
  public:
    /// The loop must outlive the timer.
    explicit Timer(EventLoop& loop) : loop_(loop) {}
    ~Timer() { cancel(); }

    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Arms the timer anew, in place of what it was armed for. "Never" only cancels. A moment that has passed runs the
    /// handler soon, not inside this call.
    void start(Deadline deadline, UniqueFunction<void()> handler);
    void start_after(Duration delay, UniqueFunction<void()> handler);
    void cancel();
    bool is_armed() const { return key_.has_value(); }

  private:
    EventLoop& loop_;
    std::optional<TimerQueue::Key> key_;
};

}  // namespace hiratake::net
