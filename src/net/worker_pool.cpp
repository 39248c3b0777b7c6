#include "net/worker_pool.hpp"

#include <pthread.h>

#include <exception>
#include <system_error>
#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::net {

WorkerPool::WorkerPool(WorkerPoolOptions options, const Log& log) : options_(std::move(options)), logger_(log, "net") {}

WorkerPool::~WorkerPool() {
    std::deque<UniqueFunction<void()>> abandoned;
    {
        const std::lock_guard lock(mutex_);
        accepting_ = false;
        ending_ = true;
        abandoned.swap(queue_);
    }
    if (!abandoned.empty()) {
        logger_.warning("{}: {} queued tasks were given up at the end", options_.name, abandoned.size());
    }
    // Before the join: a task that runs may wait for something that an abandoned one holds.
    abandoned.clear();
    work_arrived_.notify_all();
    for (auto& thread : threads_) thread.join();
}

SubmitResult WorkerPool::submit(UniqueFunction<void()> task) {
    const std::lock_guard lock(mutex_);
    if (!accepting_) return SubmitResult::stopping;
    const bool all_busy = queue_.size() >= idle_;
    const bool may_start_thread = threads_.size() < options_.max_threads;
    if (all_busy && !may_start_thread && queue_.size() - idle_ >= options_.max_queued) return SubmitResult::queue_full;
    if (all_busy && may_start_thread) start_thread();
    queue_.push_back(std::move(task));
    work_arrived_.notify_one();
    return SubmitResult::accepted;
}

void WorkerPool::start_thread() {
    try {
        threads_.emplace_back([this] { work(); });
    } catch (const std::system_error& error) {
        if (threads_.empty()) throw Error(fmt::format("cannot start a thread of {}: {}", options_.name, error.what()));
        logger_.warning("{}: going on with {} threads: cannot start another: {}", options_.name, threads_.size(),
                        error.what());
        return;
    }
    // Counted as idle from here on, so that the next task does not mistake this thread for a busy one.
    ++idle_;
}

void WorkerPool::work() {
    // The kernel keeps 15 characters.
    pthread_setname_np(pthread_self(), options_.name.substr(0, 15).c_str());
    std::unique_lock lock(mutex_);
    while (true) {
        work_arrived_.wait(lock, [this] { return ending_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto task = std::move(queue_.front());
        queue_.pop_front();
        --idle_;
        ++running_;
        lock.unlock();
        run_task(task);
        task = nullptr;
        lock.lock();
        ++idle_;
        --running_;
        task_ended_.notify_all();
    }
}

void WorkerPool::run_task(UniqueFunction<void()>& task) noexcept {
    try {
        task();
    } catch (const std::exception& error) {
        logger_.critical("An exception escaped a task of {}: {}", options_.name, error.what());
    } catch (...) {
        logger_.critical("Something that is no std::exception escaped a task of {}", options_.name);
    }
}

bool WorkerPool::drain(Deadline deadline) {
    std::unique_lock lock(mutex_);
    accepting_ = false;
    const auto is_done = [this] { return queue_.empty() && running_ == 0; };
    if (deadline.is_never()) {
        task_ended_.wait(lock, is_done);
        return true;
    }
    return task_ended_.wait_until(lock, deadline.at(), is_done);
}

std::size_t WorkerPool::running() const {
    const std::lock_guard lock(mutex_);
    return running_;
}

std::size_t WorkerPool::queued() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

std::size_t WorkerPool::thread_count() const {
    const std::lock_guard lock(mutex_);
    return threads_.size();
}

}  // namespace hiratake::net
