#include "timer/ticker.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "net/event_loop.hpp"

namespace hiratake::timer {
namespace {

constexpr auto longest_sleep = std::chrono::minutes{1};
// As cron does: what moves the clock back by more is a correction; by less, ticks are not to come twice.
constexpr auto least_correction = std::chrono::hours{3};

}  // namespace

Ticker::Ticker(net::EventLoop& loop, TickSchedule schedule, Pace pace, std::function<void(WallTime due)> tick)
    : loop_(loop),
      schedule_(std::move(schedule)),
      pace_(pace),
      tick_(std::move(tick)),
      started_at_(loop.clock().wall_time()),
      started_(loop.clock().now()),
      last_look_(started_at_),
      timer_(loop) {}

void Ticker::start(std::optional<WallTime> anchor) {
    schedule_.start(now(), anchor.value_or(started_at_));
    arm();
}

long Ticker::end_tick() {
    const long skipped = schedule_.end(now());
    arm();
    return skipped;
}

WallTime Ticker::now() const {
    if (pace_ == Pace::calendar) return loop_.clock().wall_time();
    return started_at_ + (loop_.clock().now() - started_);
}

void Ticker::arm() {
    const WallTime next = schedule_.next();
    if (next == never) return timer_.cancel();
    timer_.start_after(std::clamp<Duration>(next - now(), Duration::zero(), longest_sleep), [this] { look(); });
}

void Ticker::look() {
    const WallTime time = now();
    if (time < last_look_ - least_correction) schedule_.clock_was_corrected(time);
    last_look_ = time;
    if (schedule_.next() > time) return arm();
    const WallTime due = schedule_.begin();
    tick_(due);
}

}  // namespace hiratake::timer
