#include "rpc/call_attempts.hpp"

namespace hiratake::rpc {

Deadline CallAttempts::share(TimePoint now) const {
    if (deadline_.is_never()) return deadline_;
    const auto attempts_left = static_cast<Duration::rep>(schedule_.limit() - failures_) + 1;
    return Deadline::after(now, deadline_.left(now) / attempts_left);
}

bool CallAttempts::may_go_on(TimePoint now, double chance) {
    const auto delay = schedule_.delay_after(++failures_, chance);
    if (!delay) return false;
    next_at_ = Deadline::after(now, *delay);
    return !deadline_.passed(next_at_.at());
}

}  // namespace hiratake::rpc
