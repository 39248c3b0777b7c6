#include "net/fiber_pool.hpp"

#include <utility>

#include "net/fiber_scheduler.hpp"
#include "net/thread_pool.hpp"

namespace hiratake::net {

FiberPool::FiberPool(FiberPoolOptions options, EventLoop& loop)
    : blocking_(std::make_unique<ThreadPool>(WorkerPoolOptions{.name = options.name + "-blocking",
                                                               .max_workers = options.max_blocking_threads,
                                                               .max_queued = options.max_workers},
                                             loop)),
      scheduler_(std::make_shared<FiberScheduler>(std::move(options), loop, *blocking_)) {}

FiberPool::~FiberPool() {
    scheduler_->end();
}

SubmitResult FiberPool::submit(UniqueFunction<void()>&& task) {
    return scheduler_->submit(std::move(task));
}

bool FiberPool::drain(Deadline deadline) {
    return scheduler_->drain(deadline);
}

std::size_t FiberPool::running() const {
    return scheduler_->running();
}

std::size_t FiberPool::queued() const {
    return scheduler_->queued();
}

std::size_t FiberPool::active() const {
    return scheduler_->active();
}

const WorkerPoolOptions& FiberPool::options() const {
    return scheduler_->options();
}

}  // namespace hiratake::net
