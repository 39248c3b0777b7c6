#include "service/worker_dispatcher.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "net/event_loop.hpp"
#include "net/wait_until.hpp"
#include "service/configured_workers.hpp"

namespace hiratake {
namespace {

// Half of what there is, so that a pool can add to it.
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max() / 2;

std::optional<WorkerSchedule> schedule_for(const WorkerSchedule::Options& options, bool is_ordered) {
    const bool is_limited = options.max_running.size() == 1 && options.max_running.front() < options.max_workers;
    if (options.max_running.size() < 2 && !is_limited && !is_ordered) return std::nullopt;
    return WorkerSchedule{options};
}

}  // namespace

WorkerDispatcher::WorkerDispatcher(std::string name, const WorkerSchedule::Options& options, bool is_ordered,
                                   const Config& config, net::EventLoop& loop)
    : logger_(loop.log(), name), name_(std::move(name)), schedule_(schedule_for(options, is_ordered)) {
    pool_ = configured_workers(
        config,
        {.name = name_, .max_workers = options.max_workers, .max_queued = schedule_ ? no_limit : options.max_queued},
        loop);
}

WorkerDispatcher::~WorkerDispatcher() {
    if (!schedule_) return;
    std::vector<Task> abandoned;
    {
        const std::lock_guard lock(mutex_);
        is_accepting_ = false;
        abandoned = schedule_->abandon();
    }
    // Those that might have begun are the pool's to tell of.
    const std::size_t held_back = abandoned.size() - std::min(abandoned.size(), pool_->queued());
    if (held_back == 0) return;
    logger_.warning("{}: {} tasks that waited for others were given up at the end", name_, held_back);
}

bool WorkerDispatcher::submit(std::size_t entrypoint, Task&& task, std::optional<std::string> key) {
    if (!schedule_) return pool_->submit(std::move(task)) == net::SubmitResult::accepted;
    auto arrival = WorkerSchedule::Arrival::refused;
    {
        const std::lock_guard lock(mutex_);
        if (is_accepting_) arrival = schedule_->add(entrypoint, std::move(task), std::move(key));
    }
    if (arrival == WorkerSchedule::Arrival::may_begin) announce();
    return arrival != WorkerSchedule::Arrival::refused;
}

bool WorkerDispatcher::submit_next(std::size_t entrypoint, Task task, std::string key) {
    std::vector<Task> given_up;
    const std::lock_guard lock(mutex_);
    if (is_accepting_) {
        schedule_->add_next(entrypoint, std::move(task), std::move(key));
    } else {
        given_up = schedule_->abandon(entrypoint, key);
        tell_when_all_have_begun();
    }
    return is_accepting_;
}

void WorkerDispatcher::tell_when_all_have_begun() {
    if (!is_accepting_ && schedule_->waiting() == 0) all_begun_.notify_all();
}

// The pool has room without limit, and stops only when nothing waits any more, or has been given up.
void WorkerDispatcher::announce() {
    static_cast<void>(pool_->submit([this] { run_next(); }));
}

void WorkerDispatcher::run_next() {
    std::optional<WorkerSchedule::Turn> turn;
    {
        const std::lock_guard lock(mutex_);
        turn = schedule_->begin();
        tell_when_all_have_begun();
    }
    if (!turn) return;
    try {
        turn->turn.task();
    } catch (...) {
        end(*turn);
        throw;
    }
    turn->turn.task = nullptr;
    end(*turn);
}

void WorkerDispatcher::end(const WorkerSchedule::Turn& turn) {
    bool may_begin = false;
    {
        const std::lock_guard lock(mutex_);
        may_begin = schedule_->end(turn);
    }
    if (may_begin) announce();
}

bool WorkerDispatcher::drain(Deadline deadline) {
    if (schedule_) {
        std::unique_lock lock(mutex_);
        is_accepting_ = false;
        const auto have_all_begun = [this] { return schedule_->waiting() == 0; };
        if (!net::wait_until(all_begun_, lock, deadline, have_all_begun)) return false;
    }
    return pool_->drain(deadline);
}

bool WorkerDispatcher::is_full(std::size_t entrypoint) const {
    if (!schedule_) return pool_->queued() >= pool_->options().max_queued;
    const std::lock_guard lock(mutex_);
    return schedule_->is_full(entrypoint);
}

std::size_t WorkerDispatcher::running() const {
    if (!schedule_) return pool_->running();
    const std::lock_guard lock(mutex_);
    return schedule_->running();
}

std::size_t WorkerDispatcher::waiting() const {
    if (!schedule_) return pool_->queued();
    const std::lock_guard lock(mutex_);
    return schedule_->waiting();
}

// Without a schedule there is only one.
std::size_t WorkerDispatcher::running(std::size_t entrypoint) const {
    if (!schedule_) return pool_->running();
    const std::lock_guard lock(mutex_);
    return schedule_->running(entrypoint);
}

std::size_t WorkerDispatcher::waiting(std::size_t entrypoint) const {
    if (!schedule_) return pool_->queued();
    const std::lock_guard lock(mutex_);
    return schedule_->waiting(entrypoint);
}

std::size_t WorkerDispatcher::active() const {
    if (!schedule_) return pool_->active();
    const std::lock_guard lock(mutex_);
    return schedule_->running() + schedule_->waiting();
}

}  // namespace hiratake
