#include "broker/core/consumer_group.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hiratake::broker::core {

void ConsumerGroup::add(ConsumerPointer consumer) {
    const std::int64_t priority = single_active_ ? 0 : consumer->settings().priority;
    auto level = std::find_if(levels_.begin(), levels_.end(),
                              [priority](const Level& other) { return other.priority <= priority; });
    if (level == levels_.end() || level->priority != priority) level = levels_.insert(level, Level{priority, {}, 0});
    level->members.push_back(std::move(consumer));
    ++size_;
}

void ConsumerGroup::remove(const Consumer& consumer) {
    for (auto level = levels_.begin(); level != levels_.end(); ++level) {
        const auto found =
            std::find_if(level->members.begin(), level->members.end(),
                         [&consumer](const ConsumerPointer& member) { return member.get() == &consumer; });
        if (found == level->members.end()) continue;
        const auto index = static_cast<std::size_t>(found - level->members.begin());
        if (index < level->turn) --level->turn;
        level->members.erase(found);
        if (level->members.empty()) levels_.erase(level);
        --size_;
        return;
    }
}

std::vector<ConsumerPointer> ConsumerGroup::take_all() {
    std::vector<ConsumerPointer> all;
    for (Level& level : levels_) std::move(level.members.begin(), level.members.end(), std::back_inserter(all));
    levels_.clear();
    size_ = 0;
    return all;
}

Consumer* ConsumerGroup::next_ready() {
    if (empty()) return nullptr;
    if (single_active_) {
        Consumer& active = *levels_.front().members.front();
        return active.is_ready() ? &active : nullptr;
    }
    for (Level& level : levels_) {
        const std::size_t count = level.members.size();
        for (std::size_t offset = 0; offset < count; ++offset) {
            const std::size_t index = (level.turn + offset) % count;
            if (!level.members[index]->is_ready()) continue;
            level.turn = index + 1;
            return level.members[index].get();
        }
    }
    return nullptr;
}

bool ConsumerGroup::is_active(const Consumer& consumer) const {
    return !single_active_ || (!empty() && levels_.front().members.front().get() == &consumer);
}

bool ConsumerGroup::has_exclusive() const {
    return size_ == 1 && levels_.front().members.front()->settings().exclusive;
}

}  // namespace hiratake::broker::core
