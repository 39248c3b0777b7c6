#include "broker/core/ready_messages.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hiratake::broker::core {

ReadyMessages::ReadyMessages(std::uint8_t max_priority) : levels_(std::size_t{max_priority} + 1) {}

ReadyMessages::Level& ReadyMessages::level_of(const QueueEntry& entry) {
    return levels_[std::min<std::size_t>(entry.message->facts().priority, levels_.size() - 1)];
}

void ReadyMessages::count(const QueueEntry& entry) {
    ++size_;
    body_bytes_ += entry.message->body().size();
}

void ReadyMessages::push_back(QueueEntry entry) {
    count(entry);
    Level& level = level_of(entry);
    level.push_back(std::move(entry));
}

void ReadyMessages::restore(QueueEntry entry) {
    count(entry);
    Level& level = level_of(entry);
    const auto place =
        std::upper_bound(level.begin(), level.end(), entry.position,
                         [](std::uint64_t position, const QueueEntry& other) { return position < other.position; });
    level.insert(place, std::move(entry));
}

QueueEntry ReadyMessages::pop_front(Level& level) {
    QueueEntry entry = std::move(level.front());
    level.pop_front();
    --size_;
    body_bytes_ -= entry.message->body().size();
    return entry;
}

QueueEntry ReadyMessages::pop_front() {
    return pop_front(
        *std::find_if(levels_.rbegin(), levels_.rend(), [](const Level& level) { return !level.empty(); }));
}

QueueEntry ReadyMessages::pop_least() {
    return pop_front(*std::find_if(levels_.begin(), levels_.end(), [](const Level& level) { return !level.empty(); }));
}

std::optional<QueueEntry> ReadyMessages::pop_expired(TimePoint now) {
    for (Level& level : levels_) {
        if (!level.empty() && level.front().expires_at <= now) return pop_front(level);
    }
    return std::nullopt;
}

TimePoint ReadyMessages::next_expiry() const {
    TimePoint next = TimePoint::max();
    for (const Level& level : levels_) {
        if (!level.empty()) next = std::min(next, level.front().expires_at);
    }
    return next;
}

std::vector<QueueEntry> ReadyMessages::take_all() {
    std::vector<QueueEntry> entries;
    entries.reserve(size_);
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        std::move(level->begin(), level->end(), std::back_inserter(entries));
        level->clear();
    }
    size_ = 0;
    body_bytes_ = 0;
    return entries;
}

}  // namespace hiratake::broker::core
