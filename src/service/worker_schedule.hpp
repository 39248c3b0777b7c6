#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "service/entrypoint_queue.hpp"

namespace hiratake {

/// Decides which of the tasks that wait for a worker of a service begins next. No threads and no lock: it is told what
/// happens.
///
/// The next is a task of the entrypoint with the fewest workers, of those that may begin one; among equals, of the one
/// whose last turn is the longest ago. So an entrypoint whose tasks are slow comes to have as many workers as the
/// others, and no more while these have work.
///
/// A quarter of the places in the queue is kept for the entrypoints, the same number for each; the others are for
/// whoever comes first. So an entrypoint that floods the queue leaves the others room.
class WorkerSchedule {
  public:
    using Task = EntrypointQueue::Task;

    struct Options {
        /// How many tasks run at once.
        std::size_t max_workers = 10;
        /// How many may wait beyond those that find a worker free.
        std::size_t max_queued = 10'000;
        /// How many tasks each entrypoint may run at once. The entrypoints are known by their positions here; the
        /// position behind the last is for tasks of no entrypoint.
        std::vector<std::size_t> max_running = {};
    };

    enum class Arrival {
        refused,    ///< There is no place left for this entrypoint. The task has not been taken.
        may_begin,  ///< One task more than before may begin: begin() is to be called once.
        waits,      ///< For the end of another task.
    };

    /// A task whose turn it is.
    struct Turn {
        std::size_t entrypoint = 0;
        EntrypointQueue::Turn turn;
    };

    explicit WorkerSchedule(const Options& options);

    /// @param key tasks of the entrypoint with the same key run one at a time, in their order; none for a task that
    /// waits for no other
    Arrival add(std::size_t entrypoint, Task&& task, std::optional<std::string> key);
    /// A task that is to follow the one that runs with this key, before all that wait with it. Never refused.
    void add_next(std::size_t entrypoint, Task task, std::string key);
    /// None after abandon().
    std::optional<Turn> begin();
    /// A task has ended.
    /// @return whether one task more than before may begin: then begin() is to be called once
    bool end(const Turn& ended);

    /// Whether a task of this entrypoint would be refused.
    bool is_full(std::size_t entrypoint) const;
    std::size_t running() const { return running_; }
    std::size_t waiting() const { return waiting_; }
    /// Those of one entrypoint.
    std::size_t running(std::size_t entrypoint) const { return lanes_[entrypoint].queue.running(); }
    std::size_t waiting(std::size_t entrypoint) const { return lanes_[entrypoint].queue.waiting(); }

    /// Hands out the tasks that wait, which are not to begin any more.
    std::vector<Task> abandon();
    /// The same for those of an entrypoint with this key, of which one runs.
    std::vector<Task> abandon(std::size_t entrypoint, const std::string& key);

  private:
    struct Lane {
        EntrypointQueue queue;
        /// Places kept for it.
        std::size_t reserve;

        std::size_t in_common_places() const { return queue.waiting() > reserve ? queue.waiting() - reserve : 0; }
    };

    /// Counts anew what waits in a lane that changes while this lives.
    class Recount;

    bool joins_turns(Lane& lane, std::size_t startable_before);

    std::size_t max_workers_;
    std::vector<Lane> lanes_;
    /// Those with a task that may begin, in the order of their last turns.
    std::vector<Lane*> in_turn_;
    std::size_t running_ = 0;
    std::size_t waiting_ = 0;
    /// Places that are kept for nobody, and how many of them are taken.
    std::size_t common_places_;
    std::size_t common_waiting_ = 0;
};

}  // namespace hiratake
