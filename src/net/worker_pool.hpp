#pragma once

#include <cstddef>
#include <string>

#include "hiratake/base/deadline.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

struct WorkerPoolOptions {
    /// For logs and thread names.
    std::string name = "workers";
    /// How many tasks run at a time, those that wait for something included.
    std::size_t max_workers = 10;
    /// Tasks accepted beyond those that run. At the bound, submit() refuses.
    std::size_t max_queued = 1024;
};

enum class SubmitResult {
    accepted,
    queue_full,  ///< Nothing was taken: try later, or tell the caller that the service is busy.
    stopping,    ///< drain() or the destructor has begun.
};

/// Runs tasks that may wait: each on a thread (ThreadPool) or on a fiber (FiberPool). Safe from any thread.
///
/// Its destructor waits for the tasks that run; those still queued are destroyed without being called, which is logged.
class WorkerPool {
  public:
    virtual ~WorkerPool() = default;

    /// Never waits. Tasks start in the order of submission. An exception that escapes a task is logged as critical and
    /// ends nothing but that task. Throws Error when not even a first worker can be started.
    [[nodiscard]] virtual SubmitResult submit(UniqueFunction<void()>&& task) = 0;
    /// Accepts no more, and waits until all accepted tasks have ended. Returns false when the deadline passed first:
    /// what runs goes on, what is queued stays queued. Not from a task.
    virtual bool drain(Deadline deadline) = 0;

    virtual std::size_t running() const = 0;
    virtual std::size_t queued() const = 0;
    /// Those that run and those that are queued, at one moment.
    virtual std::size_t active() const = 0;
    virtual const WorkerPoolOptions& options() const = 0;
};

}  // namespace hiratake::net
