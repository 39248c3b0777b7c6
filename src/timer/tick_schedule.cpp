#include "timer/tick_schedule.hpp"

namespace hiratake::timer {

void TickSchedule::start(TimePoint now) {
    due_ = options_.eager ? now : Deadline::after(now, interval_).at();
}

long TickSchedule::end(TimePoint now) {
    is_running_ = false;
    due_ = Deadline::after(due_, interval_).at();
    if (options_.missed_ticks == MissedTicks::catch_up || due_ > now) return 0;
    const long missed = (now - due_) / interval_ + 1;
    due_ += missed * interval_;
    return missed;
}

}  // namespace hiratake::timer
