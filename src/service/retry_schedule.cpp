#include "hiratake/service/retry_schedule.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

using std::chrono::milliseconds;

void check(milliseconds delay) {
    if (delay < RetrySchedule::shortest_delay || delay > RetrySchedule::longest_delay) {
        throw ConfigurationError(fmt::format("a retry schedule with a delay of {} ms: a delay is between {} and {} ms",
                                             delay.count(), RetrySchedule::shortest_delay.count(),
                                             RetrySchedule::longest_delay.count()));
    }
}

}  // namespace

RetrySchedule::RetrySchedule()
    : RetrySchedule({milliseconds{1'000}, milliseconds{2'000}, milliseconds{3'000}, milliseconds{5'000},
                     milliseconds{8'000}, milliseconds{13'000}, milliseconds{21'000}, milliseconds{34'000},
                     milliseconds{55'000}}) {
    limit(20);
}

RetrySchedule::RetrySchedule(std::initializer_list<milliseconds> delays)
    : delays_(delays), limit_(static_cast<std::uint32_t>(delays.size())) {
    for (const milliseconds delay : delays_) check(delay);
}

RetrySchedule::RetrySchedule(const ExponentialDelays& delays) : limit_(delays.limit) {
    check(delays.first);
    check(delays.cap);
    if (delays.cap < delays.first || !(delays.factor >= 1.0)) {
        throw ConfigurationError(fmt::format(
            "a retry schedule that grows from {} ms by {} up to {} ms: its cap must not be below its first delay, nor "
            "its factor below 1",
            delays.first.count(), delays.factor, delays.cap.count()));
    }
    // Past the cap, or where it does not grow, the last one is repeated.
    double delay_ms = static_cast<double>(delays.first.count());
    const auto cap_ms = static_cast<double>(delays.cap.count());
    do {
        delays_.emplace_back(static_cast<milliseconds::rep>(std::min(delay_ms, cap_ms)));
        delay_ms *= delays.factor;
    } while (delays_.back() < delays.cap && delays_.size() < limit_ && delays.factor > 1.0);
}

RetrySchedule& RetrySchedule::limit(std::uint32_t retries) {
    if (delays_.empty() && retries > 0) {
        throw ConfigurationError("a retry schedule without a delay cannot have retries");
    }
    limit_ = retries;
    return *this;
}

RetrySchedule& RetrySchedule::jitter(double part) {
    if (!(part >= 0.0 && part <= 1.0)) {
        throw ConfigurationError(
            fmt::format("a retry schedule with a jitter of {}: it is a part of each delay, from 0 to 1", part));
    }
    jitter_ = part;
    return *this;
}

std::optional<milliseconds> RetrySchedule::delay_after(std::uint32_t failures, double chance) const {
    if (failures == 0 || failures > limit_) return std::nullopt;
    const milliseconds delay = delays_[std::min<std::size_t>(failures, delays_.size()) - 1];
    const double jittered_ms = static_cast<double>(delay.count()) * (1.0 + jitter_ * (2.0 * chance - 1.0));
    return std::clamp(milliseconds{std::llround(jittered_ms)}, shortest_delay, longest_delay);
}

}  // namespace hiratake
