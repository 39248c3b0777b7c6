#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/log.hpp"
#include "net/alarmed_timers.hpp"
#include "net/fiber.hpp"
#include "net/fiber_pool.hpp"
#include "net/stall_reporter.hpp"

namespace hiratake::net {

/// Runs the tasks of one FiberPool in turns of the loop: first the fibers that were woken, then the tasks that wait for
/// a fiber. What comes meanwhile has the next turn, so that sockets and timers have theirs.
class FiberScheduler final : public Fiber::Scheduler, public std::enable_shared_from_this<FiberScheduler> {
  public:
    /// @param blocking runs what tasks hand to run_blocking(), and outlives every task
    FiberScheduler(FiberPoolOptions options, EventLoop& loop, WorkerPool& blocking);

    [[nodiscard]] SubmitResult submit(UniqueFunction<void()>&& task);
    /// Accepts no more, and waits until all tasks have ended, or the deadline has passed.
    bool drain(Deadline deadline);
    /// Accepts no more, gives up what is queued, and waits for what runs.
    void end();
    std::size_t running() const;
    std::size_t queued() const;
    std::size_t active() const;
    const FiberPoolOptions& options() const { return options_; }

    void wake(Fiber& fiber, Fiber::Wait wait) override;
    void suspend(Fiber& fiber, Deadline deadline) override;
    void run_blocking(UniqueFunction<void()> task) override;
    void name_task(Fiber& fiber, std::string_view name) override;
    void call(UniqueFunction<void()>& task) noexcept override;

  private:
    struct WokenFiber {
        Fiber* fiber;
        Fiber::Wait wait;
    };

    void ask_for_turn(std::unique_lock<std::mutex>& lock);
    void turn();
    void start(UniqueFunction<void()>&& task);
    std::unique_ptr<Fiber> take_idle();
    void keep_idle(std::unique_ptr<Fiber> fiber);
    template <class Run>
    void run(Fiber& fiber, Run run);
    void report_stall() const;

    const FiberPoolOptions options_;
    const Logger logger_;
    EventLoop& loop_;
    WorkerPool& blocking_;
    const SystemClock clock_;

    mutable std::mutex mutex_;
    std::condition_variable all_ended_;
    std::deque<UniqueFunction<void()>> tasks_;
    std::vector<WokenFiber> woken_;
    std::size_t running_ = 0;
    bool is_turn_due_ = false;
    bool accepting_ = true;
    std::atomic<Fiber*> current_ = nullptr;

    // For the loop's thread alone. A fiber that runs a task belongs to nobody until that has ended.
    std::vector<std::unique_ptr<Fiber>> idle_;
    std::vector<WokenFiber> resumed_;
    std::vector<UniqueFunction<void()>> begun_;
    std::size_t ended_ = 0;
    AlarmedTimers timers_;

    StallReporter stalls_;
};

}  // namespace hiratake::net
