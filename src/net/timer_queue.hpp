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
    /// Takes out the earliest entry that is due by `now`; an empty function when there is none.
    UniqueFunction<void()> take_due(TimePoint now);
    /// Destroys all handlers, which may remove others while they go.
    void clear();

  private:
    std::map<Key, UniqueFunction<void()>> entries_;
    std::uint64_t last_id_ = 0;
};

}  // namespace hiratake::net
