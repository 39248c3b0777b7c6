#include "net/thread_pool.hpp"

#include <pthread.h>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <system_error>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "net/call_task.hpp"
#include "net/error_code.hpp"
#include "net/event_loop.hpp"
#include "net/wait_until.hpp"
#include "net/wake_policy.hpp"

namespace hiratake::net {
namespace {

constexpr Duration tick_interval = std::chrono::milliseconds{1};

}  // namespace

struct ThreadPool::Queue {
    explicit Queue(EventLoop& loop) : ticker(loop.context()) {}

    mutable std::mutex mutex;
    std::condition_variable work_arrived;
    std::condition_variable task_ended;
    std::deque<UniqueFunction<void()>> tasks;
    WakePolicy policy;
    std::size_t running = 0;
    // Those that sleep, and those on their way to the queue.
    std::size_t idle = 0;
    bool accepting = true;
    bool ending = false;
    bool turn_is_watched = false;
    // For the loop's thread alone. By the machine's clock, as all that concerns threads: the one of the loop may be a
    // test's, and stand still.
    boost::asio::steady_timer ticker;
    bool is_ticking = false;
};

ThreadPool::ThreadPool(WorkerPoolOptions options, EventLoop& loop)
    : options_(std::move(options)), logger_(loop.log(), "net"), loop_(loop), queue_(std::make_shared<Queue>(loop)) {}

ThreadPool::~ThreadPool() {
    std::deque<UniqueFunction<void()>> abandoned;
    {
        const std::lock_guard lock(queue_->mutex);
        queue_->accepting = false;
        queue_->ending = true;
        abandoned.swap(queue_->tasks);
    }
    if (!abandoned.empty()) {
        logger_.warning("{}: {} queued tasks were given up at the end", options_.name, abandoned.size());
    }
    // Before the join: a task that runs may wait for something that an abandoned one holds.
    abandoned.clear();
    queue_->work_arrived.notify_all();
    for (auto& thread : threads_) thread.join();
    // Its timer belongs to the loop's thread.
    loop_.post([queue = std::move(queue_)] { queue->ticker.cancel(); });
}

SubmitResult ThreadPool::submit(UniqueFunction<void()>&& task) {
    Queue& queue = *queue_;
    std::unique_lock lock(queue.mutex);
    if (!queue.accepting) return SubmitResult::stopping;
    const bool all_busy = queue.tasks.size() >= queue.idle;
    const bool may_start_thread = threads_.size() < options_.max_workers;
    if (all_busy && !may_start_thread && queue.tasks.size() - queue.idle >= options_.max_queued) {
        return SubmitResult::queue_full;
    }
    if (all_busy && may_start_thread) start_thread();
    queue.tasks.push_back(std::move(task));
    if (loop_.is_loop_thread()) {
        if (std::exchange(queue.turn_is_watched, true)) return SubmitResult::accepted;
        lock.unlock();
        loop_.post([shared = queue_] { end_turn(shared); });
    } else {
        const bool wakes = queue.policy.should_wake_at_once(queue.tasks.size());
        lock.unlock();
        if (wakes) queue.work_arrived.notify_one();
    }
    return SubmitResult::accepted;
}

void ThreadPool::end_turn(const std::shared_ptr<Queue>& queue) {
    std::unique_lock lock(queue->mutex);
    queue->turn_is_watched = false;
    const bool wakes = queue->policy.should_wake(queue->tasks.size());
    const bool begins_ticks = !queue->tasks.empty() && !std::exchange(queue->is_ticking, true);
    if (begins_ticks) queue->policy.begin_ticks();
    lock.unlock();
    if (wakes) queue->work_arrived.notify_one();
    if (begins_ticks) await_tick(queue);
}

void ThreadPool::await_tick(const std::shared_ptr<Queue>& queue) {
    queue->ticker.expires_after(tick_interval);
    queue->ticker.async_wait([queue](const ErrorCode& error) {
        if (!error) tick(queue);
    });
}

void ThreadPool::tick(const std::shared_ptr<Queue>& queue) {
    std::unique_lock lock(queue->mutex);
    queue->policy.tick(tick_interval);
    const bool wakes = queue->policy.should_wake(queue->tasks.size());
    queue->is_ticking = !queue->tasks.empty();
    lock.unlock();
    if (wakes) queue->work_arrived.notify_one();
    if (queue->is_ticking) await_tick(queue);
}

void ThreadPool::start_thread() {
    try {
        threads_.emplace_back([this] { work(); });
    } catch (const std::system_error& error) {
        if (threads_.empty()) throw Error(fmt::format("cannot start a thread of {}: {}", options_.name, error.what()));
        logger_.warning("{}: going on with {} threads: cannot start another: {}", options_.name, threads_.size(),
                        error.what());
        return;
    }
    // Counted as idle from here on, so that the next task does not mistake this thread for a busy one.
    ++queue_->idle;
}

void ThreadPool::work() {
    // The kernel keeps 15 characters.
    pthread_setname_np(pthread_self(), options_.name.substr(0, 15).c_str());
    Queue& queue = *queue_;
    std::unique_lock lock(queue.mutex);
    while (true) {
        while (queue.tasks.empty() && !queue.ending) {
            queue.policy.thread_sleeps();
            queue.work_arrived.wait(lock);
            queue.policy.thread_woken();
        }
        if (queue.tasks.empty()) return;
        auto task = std::move(queue.tasks.front());
        queue.tasks.pop_front();
        --queue.idle;
        ++queue.running;
        const auto begun_in = queue.policy.task_begins();
        const bool wakes = queue.policy.should_wake(queue.tasks.size());
        lock.unlock();
        if (wakes) queue.work_arrived.notify_one();
        const TimePoint begun_at = SystemClock{}.now();
        call_task(task, logger_, options_.name);
        task = nullptr;
        const Duration duration = SystemClock{}.now() - begun_at;
        lock.lock();
        ++queue.idle;
        --queue.running;
        queue.policy.task_ends(begun_in, duration);
        queue.task_ended.notify_all();
    }
}

bool ThreadPool::drain(Deadline deadline) {
    Queue& queue = *queue_;
    std::unique_lock lock(queue.mutex);
    queue.accepting = false;
    const auto is_done = [&queue] { return queue.tasks.empty() && queue.running == 0; };
    return wait_until(queue.task_ended, lock, deadline, is_done);
}

std::size_t ThreadPool::running() const {
    const std::lock_guard lock(queue_->mutex);
    return queue_->running;
}

std::size_t ThreadPool::queued() const {
    const std::lock_guard lock(queue_->mutex);
    return queue_->tasks.size();
}

std::size_t ThreadPool::active() const {
    const std::lock_guard lock(queue_->mutex);
    return queue_->running + queue_->tasks.size();
}

std::size_t ThreadPool::thread_count() const {
    const std::lock_guard lock(queue_->mutex);
    return threads_.size();
}

}  // namespace hiratake::net
