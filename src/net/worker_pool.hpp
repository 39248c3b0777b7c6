#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

class EventLoop;

struct WorkerPoolOptions {
    /// For logs and thread names.
    std::string name = "workers";
    std::size_t max_threads = 10;
    /// Tasks accepted beyond those that run. At the bound, submit() refuses.
    std::size_t max_queued = 1024;
};

enum class SubmitResult {
    accepted,
    queue_full,  ///< Nothing was taken: try later, or tell the caller that the service is busy.
    stopping,    ///< drain() or the destructor has begun.
};

/// Threads for code that may block. They are started as they are needed and kept. Safe from any thread.
///
/// What the loop's thread submits in one turn wakes the threads once, at its end, and no more of them than WakePolicy
/// finds useful. How long tasks last is measured by the machine's clock, whichever the loop has.
class WorkerPool {
  public:
    /// The loop must outlive the pool.
    WorkerPool(WorkerPoolOptions options, EventLoop& loop);
    /// Waits for the tasks that run; those still queued are destroyed without being called, which is logged.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Never waits. Tasks start in the order of submission. An exception that escapes a task is logged as critical and
    /// ends nothing but that task. Throws Error when not even a first thread can be started.
    [[nodiscard]] SubmitResult submit(UniqueFunction<void()> task);
    /// Accepts no more, and waits until all accepted tasks have ended. Returns false when the deadline passed first:
    /// what runs goes on, what is queued stays queued. Not from a task.
    bool drain(Deadline deadline);

    std::size_t running() const;
    std::size_t queued() const;
    /// Those that run and those that are queued, at one moment.
    std::size_t active() const;
    std::size_t thread_count() const;
    const WorkerPoolOptions& options() const { return options_; }

  private:
    struct Queue;

    void start_thread();
    void work();
    void run_task(UniqueFunction<void()>& task) noexcept;
    static void end_turn(const std::shared_ptr<Queue>& queue);
    static void await_tick(const std::shared_ptr<Queue>& queue);
    static void tick(const std::shared_ptr<Queue>& queue);

    WorkerPoolOptions options_;
    Logger logger_;
    EventLoop& loop_;
    // Shared with what has been posted to the loop, which may run when the pool is gone.
    std::shared_ptr<Queue> queue_;
    std::vector<std::thread> threads_;
};

}  // namespace hiratake::net
