#include "service/entrypoint_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hiratake {

void EntrypointQueue::push(Task&& task) {
    ready_.push_back({std::move(task)});
    ++waiting_;
}

void EntrypointQueue::push(Task&& task, std::string key) {
    const auto [found, is_free] = keys_.try_emplace(std::move(key));
    if (is_free) {
        ready_.push_back({std::move(task), &*found});
    } else {
        found->second.push_back(std::move(task));
    }
    ++waiting_;
}

void EntrypointQueue::push_next(Task task, std::string key) {
    keys_[std::move(key)].push_front(std::move(task));
    ++waiting_;
}

std::size_t EntrypointQueue::startable() const {
    return std::min(ready_.size(), max_running_ - running_);
}

EntrypointQueue::Turn EntrypointQueue::begin() {
    Turn turn = std::move(ready_.front());
    ready_.pop_front();
    --waiting_;
    ++running_;
    return turn;
}

// The next one of a key goes behind what is ready, so that a key with many tasks leaves the others their turns.
void EntrypointQueue::end(Keys::value_type* key) {
    --running_;
    if (!key) return;
    auto& behind = key->second;
    if (behind.empty()) {
        keys_.erase(keys_.find(key->first));
        return;
    }
    ready_.push_back({std::move(behind.front()), key});
    behind.pop_front();
}

std::vector<EntrypointQueue::Task> EntrypointQueue::abandon() {
    std::vector<Task> tasks;
    tasks.reserve(waiting_);
    for (Turn& turn : ready_) tasks.push_back(std::move(turn.task));
    ready_.clear();
    for (auto& [key, behind] : keys_) {
        std::move(behind.begin(), behind.end(), std::back_inserter(tasks));
        behind.clear();
    }
    waiting_ = 0;
    return tasks;
}

std::vector<EntrypointQueue::Task> EntrypointQueue::abandon(const std::string& key) {
    auto behind = std::exchange(keys_[key], {});
    waiting_ -= behind.size();
    return {std::make_move_iterator(behind.begin()), std::make_move_iterator(behind.end())};
}

}  // namespace hiratake
