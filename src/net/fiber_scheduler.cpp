#include "net/fiber_scheduler.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <utility>

#include "hiratake/base/error.hpp"
#include "net/call_task.hpp"
#include "net/event_loop.hpp"
#include "net/parker.hpp"
#include "net/wait_until.hpp"

namespace hiratake::net {
namespace {

// Sockets and timers have their turn between.
constexpr std::size_t tasks_begun_in_one_turn = 256;
// Of fibers that have no task, beside as many as run.
constexpr std::size_t idle_fibers_kept = 64;

}  // namespace

FiberScheduler::FiberScheduler(FiberPoolOptions options, EventLoop& loop, WorkerPool& blocking)
    : options_(std::move(options)),
      logger_(loop.log(), "net"),
      loop_(loop),
      blocking_(blocking),
      timers_(loop.context(), clock_, [](auto& handler) { handler(); }),
      stalls_(options_.stall_warning_after, [this] { report_stall(); }) {}

SubmitResult FiberScheduler::submit(UniqueFunction<void()>&& task) {
    std::unique_lock lock(mutex_);
    if (!accepting_) return SubmitResult::stopping;
    const std::size_t free = options_.max_workers - running_;
    if (tasks_.size() >= free + options_.max_queued) return SubmitResult::queue_full;
    tasks_.push_back(std::move(task));
    if (free > 0) ask_for_turn(lock);
    return SubmitResult::accepted;
}

void FiberScheduler::wake(Fiber& fiber, Fiber::Wait wait) {
    std::unique_lock lock(mutex_);
    woken_.push_back({&fiber, wait});
    ask_for_turn(lock);
}

void FiberScheduler::ask_for_turn(std::unique_lock<std::mutex>& lock) {
    if (std::exchange(is_turn_due_, true)) return;
    lock.unlock();
    loop_.post([self = shared_from_this()] { self->turn(); });
}

void FiberScheduler::turn() {
    {
        const std::lock_guard lock(mutex_);
        is_turn_due_ = false;
        resumed_.swap(woken_);
        const std::size_t count = std::min({tasks_.size(), options_.max_workers - running_, tasks_begun_in_one_turn});
        const auto end = tasks_.begin() + static_cast<std::ptrdiff_t>(count);
        std::move(tasks_.begin(), end, std::back_inserter(begun_));
        tasks_.erase(tasks_.begin(), end);
        running_ += count;
    }
    for (const WokenFiber& each : resumed_) {
        if (each.fiber && each.fiber->waits_for(each.wait)) run(*each.fiber, [](Fiber& fiber) { fiber.resume(); });
    }
    resumed_.clear();
    for (auto& task : begun_) start(std::move(task));
    begun_.clear();

    std::unique_lock lock(mutex_);
    running_ -= std::exchange(ended_, 0);
    if (tasks_.empty() && running_ == 0) all_ended_.notify_all();
    if (!tasks_.empty() && running_ < options_.max_workers) ask_for_turn(lock);
}

void FiberScheduler::start(UniqueFunction<void()>&& task) {
    std::unique_ptr<Fiber> fiber;
    try {
        fiber = take_idle();
    } catch (const Error& error) {
        // Destroying it tells the one who gave it that it has not run.
        logger_.error("{}: a task is given up: {}", options_.name, error.what());
        ++ended_;
        return;
    }
    run(*fiber.release(), [&](Fiber& idle) { idle.start(std::move(task)); });
}

std::unique_ptr<Fiber> FiberScheduler::take_idle() {
    if (idle_.empty()) return std::make_unique<Fiber>(options_.stack_bytes, *this);
    // The one that ended last: its stack is in the caches.
    auto fiber = std::move(idle_.back());
    idle_.pop_back();
    return fiber;
}

template <class Run>
void FiberScheduler::run(Fiber& fiber, Run run) {
    current_.store(&fiber, std::memory_order_relaxed);
    stalls_.begin();
    run(fiber);
    stalls_.end();
    current_.store(nullptr, std::memory_order_relaxed);
    if (!fiber.is_idle()) return;
    ++ended_;
    keep_idle(std::unique_ptr<Fiber>(&fiber));
}

void FiberScheduler::keep_idle(std::unique_ptr<Fiber> fiber) {
    const std::lock_guard lock(mutex_);
    fiber->task_name().clear();
    if (idle_.size() < idle_fibers_kept + running_) return idle_.push_back(std::move(fiber));
    // A wake-up for a wait that a deadline has ended may still be there. The turn walks through resumed_.
    std::erase_if(woken_, [&](const WokenFiber& each) { return each.fiber == fiber.get(); });
    for (WokenFiber& each : resumed_) {
        if (each.fiber == fiber.get()) each.fiber = nullptr;
    }
}

void FiberScheduler::call(UniqueFunction<void()>& task) noexcept {
    call_task(task, logger_, options_.name);
}

void FiberScheduler::suspend(Fiber& fiber, Deadline deadline) {
    if (deadline.is_never()) return fiber.suspend();
    const auto timer = timers_.add(deadline.at(), [this, &fiber, wait = fiber.next_wait()] { wake(fiber, wait); });
    fiber.suspend();
    timers_.remove(timer);
}

void FiberScheduler::run_blocking(UniqueFunction<void()> task) {
    std::exception_ptr escaped;
    Parker ended;
    const auto submitted = blocking_.submit([&] {
        try {
            task();
        } catch (...) {
            escaped = std::current_exception();
        }
        ended.unpark();
    });
    if (submitted != SubmitResult::accepted) {
        throw Error(fmt::format("{}: no thread takes what would block: {} tasks wait for one already", options_.name,
                                blocking_.queued()));
    }
    ended.park();
    if (escaped) std::rethrow_exception(escaped);
}

void FiberScheduler::name_task(Fiber& fiber, std::string_view name) {
    const std::lock_guard lock(mutex_);
    fiber.task_name() = name;
}

// On the reporter's thread.
void FiberScheduler::report_stall() const {
    std::string name;
    {
        // A fiber is destroyed under the lock.
        const std::lock_guard lock(mutex_);
        Fiber* const fiber = current_.load(std::memory_order_relaxed);
        if (!fiber) return;
        name = fiber->task_name();
    }
    const auto longest = std::chrono::duration_cast<std::chrono::milliseconds>(options_.stall_warning_after);
    logger_.for_call(name).warning(
        "{}: {} keeps the I/O thread for longer than {} ms, and all else of this process waits: let it hand what "
        "blocks or computes to run_blocking(), or set workers to threads",
        options_.name, name.empty() ? "a worker" : name, longest.count());
}

bool FiberScheduler::drain(Deadline deadline) {
    std::unique_lock lock(mutex_);
    accepting_ = false;
    const auto is_done = [this] { return tasks_.empty() && running_ == 0; };
    return wait_until(all_ended_, lock, deadline, is_done);
}

void FiberScheduler::end() {
    std::deque<UniqueFunction<void()>> abandoned;
    {
        const std::lock_guard lock(mutex_);
        accepting_ = false;
        abandoned.swap(tasks_);
    }
    if (!abandoned.empty()) {
        logger_.warning("{}: {} queued tasks were given up at the end", options_.name, abandoned.size());
    }
    // Before the wait: a task that runs may wait for something that an abandoned one holds.
    abandoned.clear();
    drain(Deadline::never());
    // Its timer belongs to the loop's thread.
    loop_.post([self = shared_from_this()] { self->timers_.close(); });
}

std::size_t FiberScheduler::running() const {
    const std::lock_guard lock(mutex_);
    return running_;
}

std::size_t FiberScheduler::queued() const {
    const std::lock_guard lock(mutex_);
    return tasks_.size();
}

std::size_t FiberScheduler::active() const {
    const std::lock_guard lock(mutex_);
    return running_ + tasks_.size();
}

}  // namespace hiratake::net
