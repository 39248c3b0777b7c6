#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

/// The background work of one owner: what runs is known by name, can be told to end, and is waited for before its owner
/// is gone. Safe from any thread.
class TaskGroup {
  public:
    /// Held by the work while it runs; destroying it says that the work has ended. Must not outlive the group (whose
    /// destructor waits for it).
    class Task {
      public:
        Task() = default;
        Task(Task&& other) noexcept;
        Task& operator=(Task&& other) noexcept;
        ~Task() { finish(); }
        void finish();
        explicit operator bool() const { return group_ != nullptr; }

      private:
        friend class TaskGroup;
        Task(TaskGroup& group, std::uint64_t id) : group_(&group), id_(id) {}
        TaskGroup* group_ = nullptr;
        std::uint64_t id_ = 0;
    };

    explicit TaskGroup(const Log& log) : logger_(log, "net") {}
    /// Cancels and waits, naming every ten seconds in the log what it waits for. Not on a thread that the tasks need.
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Adds a task. `cancel` asks it to end: it is called at most once, from the thread that cancels the group, and
    /// must not wait (a loop's task posts to its loop). An empty Task when the group has been cancelled: do not start.
    [[nodiscard]] Task add(std::string name, UniqueFunction<void()> cancel = nullptr);
    /// Refuses new tasks and asks those that run to end.
    void cancel();
    /// Waits until no task runs. Returns false when the deadline passed first.
    bool wait(Deadline deadline = Deadline::never());
    std::size_t size() const;
    std::vector<std::string> names() const;

  private:
    struct Entry {
        std::string name;
        UniqueFunction<void()> cancel;
    };

    void remove(std::uint64_t id);

    Logger logger_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, Entry> entries_;
    std::uint64_t last_id_ = 0;
    bool cancelled_ = false;
};

}  // namespace hiratake::net
