#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "hiratake/base/clock.hpp"

namespace hiratake::net {

/// Decides when a pool of worker threads wakes one that sleeps. No threads and no clock of its own: it is told what
/// happens, under the lock of the pool.
///
/// Waking a thread costs as much as many a task. So one thread is woken at a time, and wakes the next if need be; and
/// as long as tasks are short on average, those that are awake may have some waiting for each of them. Tasks that last
/// longer may be waiting for something: each gets a thread at once, as far as there is one.
class WakePolicy {
  public:
    /// While tasks are short.
    static constexpr std::size_t tasks_for_each_thread = 8;
    static constexpr Duration longest_short_task = std::chrono::microseconds{100};

    /// Where a task began among the ticks.
    using Generation = std::uint64_t;

    /// There is nothing in the queue.
    void thread_sleeps();
    /// Whatever the reason.
    void thread_woken();
    Generation task_begins();
    void task_ends(Generation begun_in, Duration duration);

    /// Whether a thread has to be woken now: by the caller, who must do it.
    bool should_wake(std::size_t queued);
    /// As should_wake(), for tasks that come from where nobody sees to it that ticks come: none of them waits for a
    /// thread that is awake.
    bool should_wake_at_once(std::size_t queued);

    /// Ticks show the tasks that do not end. They are needed as long as something is queued.
    void begin_ticks();
    /// @param interval how long ago begin_ticks(), or the last tick, was
    void tick(Duration interval);

  private:
    void learn(Duration duration);

    std::size_t sleeping_ = 0;
    std::size_t running_ = 0;
    /// Of the running ones, those that ran already at the last tick.
    std::size_t running_since_tick_ = 0;
    Generation generation_ = 0;
    Duration average_{};
    bool is_urgent_ = false;
    /// A thread has been woken and has not come to the queue yet.
    bool is_waking_ = false;
};

}  // namespace hiratake::net
