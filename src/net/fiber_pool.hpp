#pragma once

#include <cstddef>
#include <memory>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/worker_pool.hpp"

namespace hiratake::net {

class EventLoop;
class FiberScheduler;

struct FiberPoolOptions : WorkerPoolOptions {
    /// Of address space for each worker that runs; it costs the memory that the worker touches.
    std::size_t stack_bytes = std::size_t{256} * 1024;
    /// A task that keeps the loop's thread for so long is named in the log.
    Duration stall_warning_after = std::chrono::milliseconds{100};
    /// How many threads run what tasks hand to run_blocking().
    std::size_t max_blocking_threads = 16;
};

/// Workers that are fibers on the loop's thread: no change of threads on the way to a task and back, and a task that
/// waits costs its stack alone. As long as one computes or blocks, the loop does nothing else.
class FiberPool final : public WorkerPool {
  public:
    /// The loop must outlive the pool, and run until its destructor has returned, which is not for the loop's thread.
    FiberPool(FiberPoolOptions options, EventLoop& loop);
    ~FiberPool() override;
    FiberPool(const FiberPool&) = delete;
    FiberPool& operator=(const FiberPool&) = delete;

    [[nodiscard]] SubmitResult submit(UniqueFunction<void()>&& task) override;
    bool drain(Deadline deadline) override;
    std::size_t running() const override;
    std::size_t queued() const override;
    std::size_t active() const override;
    const WorkerPoolOptions& options() const override;

  private:
    std::unique_ptr<WorkerPool> blocking_;
    // Shared with what has been posted to the loop, which may run when the pool is gone.
    std::shared_ptr<FiberScheduler> scheduler_;
};

}  // namespace hiratake::net
