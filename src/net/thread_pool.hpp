#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "hiratake/base/log.hpp"
#include "net/worker_pool.hpp"

namespace hiratake::net {

class EventLoop;

/// Workers that are threads, for code that may block. They are started as they are needed and kept.
///
/// What the loop's thread submits in one turn wakes the threads once, at its end, and no more of them than WakePolicy
/// finds useful. How long tasks last is measured by the machine's clock, whichever the loop has.
class ThreadPool final : public WorkerPool {
  public:
    /// The loop must outlive the pool.
    ThreadPool(WorkerPoolOptions options, EventLoop& loop);
    ~ThreadPool() override;
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    [[nodiscard]] SubmitResult submit(UniqueFunction<void()>&& task) override;
    bool drain(Deadline deadline) override;
    std::size_t running() const override;
    std::size_t queued() const override;
    std::size_t active() const override;
    const WorkerPoolOptions& options() const override { return options_; }

    std::size_t thread_count() const;

  private:
    struct Queue;

    void start_thread();
    void work();
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
