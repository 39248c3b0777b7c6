#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/timer_queue.hpp"
#include "net/unique_function.hpp"

namespace boost::asio {
class io_context;
}

namespace hiratake::net {

class AlarmedTimers;

/// What happens after an exception has escaped a handler. It is logged as critical in either case.
enum class EscapedException {
    carry_on,           ///< The loop goes on with the next handler.
    terminate_process,  ///< std::terminate: for programs that would rather restart than run on.
};

/// An Asio context and the one I/O thread that runs it. Streams, listeners and timers belong to one loop; their
/// functions are called, and their handlers run, on its thread alone, so that they need no locks.
///
/// Instead of start(), a test may run the loop by hand on its own thread with poll() or run_until().
class EventLoop : private ClockObserver {
  public:
    /// The log and the clock must outlive the loop. With a ManualClock, timers fire when it has been moved: on the I/O
    /// thread by themselves, in a loop that is run by hand with the next poll.
    EventLoop(const Log& log, const Clock& clock, EscapedException policy = EscapedException::carry_on);
    /// Stops and joins. Handlers that have not run are destroyed without being called. Not on the loop's own thread.
    ~EventLoop() override;

    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Starts the I/O thread. Once.
    void start();
    /// Asks the loop to end after the handler that runs now. From any thread; returns at once.
    void stop();
    /// Waits for the I/O thread's end, if it was started. Not on the loop's own thread.
    void join();

    /// Runs the task on the loop's thread, never inside this call; tasks posted by one thread run in order, those of
    /// different threads in any. From any thread. What is posted before the loop has looked wakes it once. The backlog
    /// is bounded by the callers: each has a bounded number of operations under way.
    void post(UniqueFunction<void()> task);

    /// Whether the caller is on the loop's thread (or inside poll() or run_until()).
    bool is_loop_thread() const;

    /// Whether the caller may wait for what the loop brings about: on the loop's thread only a fiber may.
    bool may_wait() const;

    /// Runs what is ready, timers that are due included, without waiting. Returns the number of handlers run.
    std::size_t poll();
    /// Runs handlers until `condition` holds or `limit` of real time has passed. Returns whether it holds.
    bool run_until(UniqueFunction<bool()> condition, Duration limit);

    /// For what is read on the loop's thread and used up before the handler returns: one for all streams.
    std::span<char> read_buffer() { return {read_buffer_.get(), read_buffer_size}; }

    boost::asio::io_context& context() { return *context_; }
    const Clock& clock() const { return clock_; }
    /// Whether the clock stands still until somebody moves it, as a ManualClock does.
    bool has_manual_clock() const { return has_manual_clock_; }
    const Log& log() const { return logger_.log(); }

  private:
    friend class Timer;
    struct Driver;

    static constexpr std::size_t read_buffer_size = 64 * 1024;

    TimerQueue::Key add_timer(TimePoint at, UniqueFunction<void()> handler);
    void remove_timer(const TimerQueue::Key& key);
    void clock_moved() override;
    void run();
    void schedule_posted();
    void run_posted();
    bool take_posted(std::size_t has_run);
    template <class Function>
    bool guarded(Function&& function);

    const Clock& clock_;
    bool has_manual_clock_ = false;
    Logger logger_;
    EscapedException policy_;
    std::unique_ptr<char[]> read_buffer_;
    std::mutex mutex_;
    std::vector<UniqueFunction<void()>> posted_;
    bool are_posted_scheduled_ = false;
    // Whether there is something in posted_: saves most looks into it.
    std::atomic<bool> has_posted_ = false;
    // What posted tasks have posted themselves, for which the loop's thread needs no lock.
    std::vector<UniqueFunction<void()>> posted_by_tasks_;
    // What run_posted() has taken; kept for its room.
    std::vector<UniqueFunction<void()>> running_;
    // How many more tasks have run than Asio has seen handlers.
    std::size_t uncounted_ = 0;
    std::atomic<bool> is_started_ = false;
    std::atomic<bool> is_stopping_ = false;
    std::unique_ptr<boost::asio::io_context> context_;
    std::unique_ptr<Driver> driver_;
    std::unique_ptr<AlarmedTimers> timers_;
    // Set by the destructor: what handlers still ask for while they are destroyed is not begun.
    bool closing_ = false;
};

}  // namespace hiratake::net
