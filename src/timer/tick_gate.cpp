#include "timer/tick_gate.hpp"

#include <algorithm>

namespace hiratake::timer {

TickGate::Verdict TickGate::judge(WallTime due, WallTime now) {
    if (due <= forgotten_until_ || ends_.contains(due)) return Verdict::known;
    const bool is_missed = came_due_during_another(due);
    remember(due);
    if (is_missed && !runs_although_missed(due, now)) return Verdict::missed;
    if (!is_missed) caught_up_ = 0;
    running_ = due;
    return Verdict::run;
}

void TickGate::end(WallTime now) {
    if (const auto running = ends_.find(running_); running != ends_.end()) running->second = now;
}

bool TickGate::came_due_during_another(WallTime due) const {
    return std::any_of(ends_.begin(), ends_.lower_bound(due),
                       [due](const auto& earlier) { return earlier.second >= due; });
}

bool TickGate::runs_although_missed(WallTime due, WallTime now) {
    switch (options_.missed_ticks) {
        case MissedTicks::skip: return false;
        // The last one missed runs for all.
        case MissedTicks::run_once: return recurrence_->next_after(due, WallTime{}) > now;
        case MissedTicks::catch_up: break;
    }
    if (caught_up_ == options_.max_caught_up) return false;
    ++caught_up_;
    return true;
}

void TickGate::remember(WallTime due) {
    ends_.emplace(due, due);
    if (ends_.size() <= most_remembered) return;
    forgotten_until_ = ends_.begin()->first;
    ends_.erase(ends_.begin());
}

}  // namespace hiratake::timer
