#include "timer/tick_schedule.hpp"

#include <cmath>

#include "hiratake/base/random.hpp"

namespace hiratake::timer {

void TickSchedule::start(WallTime now, WallTime anchor) {
    anchor_ = anchor;
    set_due(options_.eager ? recurrence_->interval_of(now, anchor) : next_after(now));
}

WallTime TickSchedule::begin() {
    is_running_ = true;
    return due_;
}

long TickSchedule::end(WallTime now) {
    is_running_ = false;
    const WallTime next = next_after(due_);
    const bool is_missed = next <= now;
    const bool is_caught_up =
        is_missed && options_.missed_ticks == MissedTicks::catch_up && caught_up_ < options_.max_caught_up;
    caught_up_ = is_caught_up ? caught_up_ + 1 : 0;
    if (is_missed && !is_caught_up) return skip(next, now);
    set_due(next);
    return 0;
}

long TickSchedule::skip(WallTime first_missed, WallTime now) {
    constexpr long most_counted = 100'000;
    long missed = 1;
    WallTime last_missed = first_missed;
    for (WallTime next = next_after(last_missed); next <= now && missed < most_counted; next = next_after(next)) {
        last_missed = next;
        ++missed;
    }
    if (options_.missed_ticks != MissedTicks::run_once) {
        set_due(next_after(now));
        return missed;
    }
    // Where they were too many to count, this moment stands for the last of them.
    set_due(missed < most_counted ? last_missed : now);
    return missed - 1;
}

void TickSchedule::clock_was_corrected(WallTime now) {
    caught_up_ = 0;
    set_due(next_after(now));
}

void TickSchedule::set_due(WallTime due) {
    due_ = due;
    const Duration delay{std::llround(random_.unit() * static_cast<double>(options_.jitter.count()))};
    begins_at_ = delay >= never - due ? never : due + delay;
}

}  // namespace hiratake::timer
