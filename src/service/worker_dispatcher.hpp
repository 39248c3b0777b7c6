#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "net/worker_pool.hpp"
#include "service/worker_schedule.hpp"

namespace hiratake {

class Config;
namespace net {
class EventLoop;
}

/// Takes the tasks of a service's entrypoints to its worker pool. Safe from any thread.
///
/// The pool is told that there is one task more that may begin; the schedule is asked which when a worker is free. So
/// the pool sees all that it could do, and what is fair is judged as late as possible. A service whose only entrypoint
/// has no limit needs no schedule: its tasks go straight to the pool.
class WorkerDispatcher {
  public:
    using Task = WorkerSchedule::Task;

    /// @param name for logs and names of threads
    /// @param is_ordered whether tasks have keys
    /// @param config says what the workers are; ConfigurationError where it makes no sense
    /// @param loop must outlive the dispatcher
    WorkerDispatcher(std::string name, const WorkerSchedule::Options& options, bool is_ordered, const Config& config,
                     net::EventLoop& loop);
    /// Waits for the tasks that run; those that have not begun are destroyed, which is logged.
    ~WorkerDispatcher();
    WorkerDispatcher(const WorkerDispatcher&) = delete;
    WorkerDispatcher& operator=(const WorkerDispatcher&) = delete;

    /// As WorkerSchedule::add(). Throws Error when not even a first worker can be started.
    /// @return false when there is no place for it, or after drain(): the task has not been taken
    [[nodiscard]] bool submit(std::size_t entrypoint, Task&& task, std::optional<std::string> key);
    /// As WorkerSchedule::add_next().
    /// @return false after drain(): the task has been destroyed, and so have those that wait with its key, which are
    /// not to overtake it
    [[nodiscard]] bool submit_next(std::size_t entrypoint, Task task, std::string key);
    /// Accepts no more, and waits until all accepted tasks have ended. Returns false when the deadline passed first:
    /// what runs goes on, what waits goes on waiting. Not from a task.
    bool drain(Deadline deadline);

    bool is_full(std::size_t entrypoint) const;
    std::size_t running() const;
    std::size_t waiting() const;
    /// Those of one entrypoint.
    std::size_t running(std::size_t entrypoint) const;
    std::size_t waiting(std::size_t entrypoint) const;
    /// Those that run and those that wait, at one moment.
    std::size_t active() const;

  private:
    void announce();
    void run_next();
    void end(const WorkerSchedule::Turn& turn);
    void tell_when_all_have_begun();

    Logger logger_;
    const std::string name_;
    mutable std::mutex mutex_;
    std::condition_variable all_begun_;
    bool is_accepting_ = true;
    std::optional<WorkerSchedule> schedule_;
    // Behind what its workers use.
    std::unique_ptr<net::WorkerPool> pool_;
};

}  // namespace hiratake
