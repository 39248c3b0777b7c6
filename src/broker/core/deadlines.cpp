#include "broker/core/deadlines.hpp"

namespace hiratake::broker::core {

Timed::~Timed() {
    if (scheduled_at_ != TimePoint::max()) deadlines_.entries_.erase({scheduled_at_, this});
}

void Timed::call_by(TimePoint at) {
    if (at >= scheduled_at_) return;
    if (scheduled_at_ != TimePoint::max()) deadlines_.entries_.erase({scheduled_at_, this});
    scheduled_at_ = at;
    deadlines_.entries_.emplace(at, this);
}

void Deadlines::run(TimePoint now) {
    while (!entries_.empty() && entries_.begin()->first <= now) {
        Timed& due = *entries_.begin()->second;
        entries_.erase(entries_.begin());
        due.scheduled_at_ = TimePoint::max();
        due.on_deadline(now);
    }
}

}  // namespace hiratake::broker::core
