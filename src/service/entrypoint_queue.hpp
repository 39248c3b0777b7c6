#pragma once

#include <cstddef>
#include <deque>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "hiratake/base/unique_function.hpp"

namespace hiratake {

/// The tasks of one entrypoint: those that wait for a worker, and how many run. No threads and no lock: it is told what
/// happens.
///
/// Tasks begin in the order in which they came, except that those with the same key run one at a time: one that is held
/// back by its key does not hold back those with other keys.
class EntrypointQueue {
  public:
    using Task = UniqueFunction<void()>;
    using Keys = std::unordered_map<std::string, std::list<Task>>;

    /// A task whose turn it is.
    struct Turn {
        Task task;
        /// Its key, with the tasks behind it; null for a task without one. Valid until the task has ended.
        Keys::value_type* key = nullptr;
    };

    /// @param max_running at least one
    explicit EntrypointQueue(std::size_t max_running) : max_running_(max_running) {}
    EntrypointQueue(EntrypointQueue&&) = default;

    void push(Task&& task);
    void push(Task&& task, std::string key);
    /// Before all others of its key, of which one runs.
    void push_next(Task task, std::string key);

    /// How many tasks may begin now.
    std::size_t startable() const;
    /// There must be one that may.
    Turn begin();
    /// @param key of the task that has ended
    void end(Keys::value_type* key);

    std::size_t waiting() const { return waiting_; }
    std::size_t running() const { return running_; }

    /// Hands out the tasks that wait, which are not to begin any more.
    std::vector<Task> abandon();
    /// The same for those with this key, of which one runs.
    std::vector<Task> abandon(const std::string& key);

  private:
    std::size_t max_running_;
    std::size_t waiting_ = 0;
    std::size_t running_ = 0;
    /// Held back by no key.
    std::deque<Turn> ready_;
    /// One for each task with a key that is ready or runs.
    Keys keys_;
};

}  // namespace hiratake
