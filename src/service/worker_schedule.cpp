#include "service/worker_schedule.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace hiratake {
namespace {

constexpr std::size_t kept_fraction = 4;

}  // namespace

class WorkerSchedule::Recount {
  public:
    Recount(WorkerSchedule& schedule, const Lane& lane) : schedule_(schedule), lane_(lane) {
        schedule_.waiting_ -= lane_.queue.waiting();
        schedule_.common_waiting_ -= lane_.in_common_places();
    }
    ~Recount() {
        schedule_.waiting_ += lane_.queue.waiting();
        schedule_.common_waiting_ += lane_.in_common_places();
    }
    Recount(const Recount&) = delete;
    Recount& operator=(const Recount&) = delete;

  private:
    WorkerSchedule& schedule_;
    const Lane& lane_;
};

WorkerSchedule::WorkerSchedule(const Options& options) : max_workers_(options.max_workers) {
    const std::size_t entrypoints = options.max_running.size();
    const std::size_t reserve = entrypoints == 0 ? 0 : options.max_queued / kept_fraction / entrypoints;
    common_places_ = options.max_queued - reserve * entrypoints;
    lanes_.reserve(entrypoints + 1);
    for (const std::size_t max_running : options.max_running) {
        lanes_.push_back({EntrypointQueue{max_running}, reserve});
    }
    lanes_.push_back({EntrypointQueue{std::numeric_limits<std::size_t>::max()}, 0});
}

bool WorkerSchedule::is_full(std::size_t entrypoint) const {
    const Lane& lane = lanes_[entrypoint];
    const bool finds_free_worker = waiting_ + running_ < max_workers_;
    return !finds_free_worker && lane.queue.waiting() >= lane.reserve && common_waiting_ >= common_places_;
}

WorkerSchedule::Arrival WorkerSchedule::add(std::size_t entrypoint, Task&& task, std::optional<std::string> key) {
    if (is_full(entrypoint)) return Arrival::refused;
    Lane& lane = lanes_[entrypoint];
    const std::size_t startable = lane.queue.startable();
    const Recount recount{*this, lane};
    if (key) {
        lane.queue.push(std::move(task), *std::move(key));
    } else {
        lane.queue.push(std::move(task));
    }
    return joins_turns(lane, startable) ? Arrival::may_begin : Arrival::waits;
}

void WorkerSchedule::add_next(std::size_t entrypoint, Task task, std::string key) {
    Lane& lane = lanes_[entrypoint];
    const Recount recount{*this, lane};
    lane.queue.push_next(std::move(task), std::move(key));
}

bool WorkerSchedule::joins_turns(Lane& lane, std::size_t startable_before) {
    const std::size_t startable = lane.queue.startable();
    if (startable_before == 0 && startable > 0) in_turn_.push_back(&lane);
    return startable > startable_before;
}

std::optional<WorkerSchedule::Turn> WorkerSchedule::begin() {
    const auto next = std::min_element(in_turn_.begin(), in_turn_.end(), [](const Lane* a, const Lane* b) {
        return a->queue.running() < b->queue.running();
    });
    if (next == in_turn_.end()) return std::nullopt;
    Lane& lane = **next;
    in_turn_.erase(next);
    const Recount recount{*this, lane};
    ++running_;
    std::optional<Turn> turn{Turn{static_cast<std::size_t>(&lane - lanes_.data()), lane.queue.begin()}};
    if (lane.queue.startable() > 0) in_turn_.push_back(&lane);
    return turn;
}

bool WorkerSchedule::end(const Turn& ended) {
    Lane& lane = lanes_[ended.entrypoint];
    const std::size_t startable = lane.queue.startable();
    --running_;
    lane.queue.end(ended.turn.key);
    return joins_turns(lane, startable);
}

std::vector<WorkerSchedule::Task> WorkerSchedule::abandon(std::size_t entrypoint, const std::string& key) {
    Lane& lane = lanes_[entrypoint];
    const Recount recount{*this, lane};
    return lane.queue.abandon(key);
}

std::vector<WorkerSchedule::Task> WorkerSchedule::abandon() {
    std::vector<Task> tasks;
    for (Lane& lane : lanes_) {
        const Recount recount{*this, lane};
        auto abandoned = lane.queue.abandon();
        std::move(abandoned.begin(), abandoned.end(), std::back_inserter(tasks));
    }
    in_turn_.clear();
    return tasks;
}

}  // namespace hiratake
