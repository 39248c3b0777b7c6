#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

/// What is to be called when: the timers of one loop, in order. Does no waiting itself. As many entries as there are
/// armed Timers.
class TimerQueue {
  public:
    /// Names one entry. Never used twice.
    using Key = std::pair<TimePoint, std::uint64_t>;

    Key add(TimePoint at, UniqueFunction<void()> handler);
    /// Whether the entry was still there.
    bool remove(const Key& key);
    /// The moment of the earliest entry.
    std::optional<TimePoint> next() const;
    /// The last id given out: entries added later have higher ones.
    std::uint64_t last_id() const { return last_id_; }
    /// Takes out the earliest entry, if it is due by `now` and its id is at most `up_to_id`; an empty function if not.
    UniqueFunction<void()> take_due(TimePoint now, std::uint64_t up_to_id);
    /// Destroys all handlers, which may remove others while they go.
    void clear();

  private:
    std::map<Key, UniqueFunction<void()>> entries_;
    std::uint64_t last_id_ = 0;
};

}  // namespace hiratake::net
