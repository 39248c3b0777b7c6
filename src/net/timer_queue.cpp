#include "net/timer_queue.hpp"

namespace hiratake::net {

TimerQueue::Key TimerQueue::add(TimePoint at, UniqueFunction<void()> handler) {
    Key key{at, ++last_id_};
    entries_.emplace(key, std::move(handler));
    return key;
}

bool TimerQueue::remove(const Key& key) {
    return entries_.erase(key) > 0;
}

std::optional<TimePoint> TimerQueue::next() const {
    if (entries_.empty()) return std::nullopt;
    return entries_.begin()->first.first;
}

UniqueFunction<void()> TimerQueue::take_due(TimePoint now, std::uint64_t up_to_id) {
    if (entries_.empty()) return nullptr;
    const auto [at, id] = entries_.begin()->first;
    if (at > now || id > up_to_id) return nullptr;
    return std::move(entries_.extract(entries_.begin()).mapped());
}

void TimerQueue::clear() {
    auto abandoned = std::exchange(entries_, {});
    abandoned.clear();
}

}  // namespace hiratake::net
