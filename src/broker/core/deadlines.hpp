#pragma once

#include <optional>
#include <set>
#include <utility>

#include "hiratake/base/clock.hpp"

namespace hiratake::broker::core {

class Deadlines;

/// Something that wants to be called at a moment: a queue whose head expires, a session whose heartbeat is due.
class Timed {
  public:
    explicit Timed(Deadlines& deadlines) : deadlines_(deadlines) {}
    virtual ~Timed();
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;

    /// Called once for each moment that was asked for, or a little late; may be called with nothing to do, because
    /// moments are only ever moved forward. Asks again for the next one itself.
    virtual void on_deadline(TimePoint now) = 0;

  protected:
    /// Calls at `at` or before. Cheap when an earlier moment has been asked for already.
    void call_by(TimePoint at);

  private:
    friend class Deadlines;
    Deadlines& deadlines_;
    TimePoint scheduled_at_ = TimePoint::max();
};

/// All moments at which something is to happen by itself, in order. Does no waiting.
class Deadlines {
  public:
    /// Never when there is none.
    TimePoint next() const { return entries_.empty() ? TimePoint::max() : entries_.begin()->first; }
    /// Calls each one that is due by `now`.
    void run(TimePoint now);

  private:
    friend class Timed;
    std::set<std::pair<TimePoint, Timed*>> entries_;
};

}  // namespace hiratake::broker::core
