#include "net/task_group.hpp"

#include <chrono>
#include <utility>

#include "net/wait_until.hpp"

namespace hiratake::net {

TaskGroup::Task::Task(Task&& other) noexcept : group_(std::exchange(other.group_, nullptr)), id_(other.id_) {}

TaskGroup::Task& TaskGroup::Task::operator=(Task&& other) noexcept {
    if (this != &other) {
        finish();
        group_ = std::exchange(other.group_, nullptr);
        id_ = other.id_;
    }
    return *this;
}

void TaskGroup::Task::finish() {
    if (group_) std::exchange(group_, nullptr)->remove(id_);
}

TaskGroup::~TaskGroup() {
    cancel();
    SystemClock clock;
    while (!wait(Deadline::after(clock.now(), std::chrono::seconds{10}))) {
        for (const auto& name : names()) logger_.warning("Still waiting for the end of {}", name);
    }
}

TaskGroup::Task TaskGroup::add(std::string name, UniqueFunction<void()> cancel) {
    const std::lock_guard lock(mutex_);
    if (cancelled_) return {};
    const auto id = ++last_id_;
    entries_.emplace(id, Entry{std::move(name), std::move(cancel)});
    return Task{*this, id};
}

void TaskGroup::cancel() {
    std::vector<UniqueFunction<void()>> cancels;
    {
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
        for (auto& [id, entry] : entries_) {
            if (entry.cancel) cancels.push_back(std::move(entry.cancel));
        }
    }
    // Outside the lock: a task may end inside its cancel function.
    for (auto& cancel : cancels) cancel();
}

bool TaskGroup::wait(Deadline deadline) {
    std::unique_lock lock(mutex_);
    const auto is_empty = [this] { return entries_.empty(); };
    return wait_until(changed_, lock, deadline, is_empty);
}

std::size_t TaskGroup::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

std::vector<std::string> TaskGroup::names() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [id, entry] : entries_) names.push_back(entry.name);
    return names;
}

void TaskGroup::remove(std::uint64_t id) {
    decltype(entries_)::node_type removed;
    {
        // Notified under the lock: once it is free the group may be gone.
        const std::lock_guard lock(mutex_);
        removed = entries_.extract(id);
        changed_.notify_all();
    }
}

}  // namespace hiratake::net
