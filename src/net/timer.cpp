#include "net/timer.hpp"

#include "net/event_loop.hpp"

namespace hiratake::net {

void Timer::start(Deadline deadline, UniqueFunction<void()> handler) {
    cancel();
    if (deadline.is_never()) return;
    key_ = loop_.add_timer(deadline.at(), [this, handler = std::move(handler)]() mutable {
        key_.reset();
        // The handler may destroy the timer, or arm it anew: neither may pull the ground from under it.
        auto call = std::move(handler);
        call();
    });
}

void Timer::start_after(Duration delay, UniqueFunction<void()> handler) {
    start(Deadline::after(loop_.clock().now(), delay), std::move(handler));
}

void Timer::cancel() {
    if (!key_) return;
    loop_.remove_timer(*key_);
    key_.reset();
}

}  // namespace hiratake::net
