#include "timer/tick_gate.hpp"

namespace hiratake::timer {

TickGate::Verdict TickGate::judge(WallTime due, WallTime now) {
    if (due <= last_due_) return Verdict::known;
    last_due_ = due;
    if (due > busy_until_) {
        caught_up_ = 0;
        return Verdict::run;
    }
    return runs_although_missed(due, now) ? Verdict::run : Verdict::missed;
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

}  // namespace hiratake::timer
