#include "net/wake_policy.hpp"

#include <algorithm>
#include <utility>

namespace hiratake::net {

void WakePolicy::thread_sleeps() {
    ++sleeping_;
    is_urgent_ = false;
}

void WakePolicy::thread_woken() {
    --sleeping_;
    is_waking_ = false;
}

WakePolicy::Generation WakePolicy::task_begins() {
    ++running_;
    return generation_;
}

void WakePolicy::task_ends(Generation begun_in, Duration duration) {
    --running_;
    if (begun_in != generation_) --running_since_tick_;
    learn(duration);
}

// A moving average: the last dozen or two count.
void WakePolicy::learn(Duration duration) {
    average_ += (duration - average_) / 8;
}

bool WakePolicy::should_wake(std::size_t queued) {
    const bool may_wait = average_ <= longest_short_task && !is_urgent_;
    const std::size_t left_to_others = may_wait ? running_ * tasks_for_each_thread : 0;
    if (queued <= left_to_others || sleeping_ == 0) return false;
    return !std::exchange(is_waking_, true);
}

bool WakePolicy::should_wake_at_once(std::size_t queued) {
    is_urgent_ = true;
    return should_wake(queued);
}

void WakePolicy::begin_ticks() {
    running_since_tick_ = running_;
    ++generation_;
}

void WakePolicy::tick(Duration interval) {
    // One that does not end must count at once, and for all that may come behind it.
    if (running_since_tick_ > 0) average_ = std::max(average_, interval);
    begin_ticks();
}

}  // namespace hiratake::net
