#include "messaging/retry_verdict.hpp"

#include <algorithm>

#include "hiratake/service/backoff.hpp"

namespace hiratake::messaging {
namespace {

using std::chrono::milliseconds;

/// The delay that the method itself has asked for.
std::optional<milliseconds> delay_in(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const Backoff& backoff) {
        return backoff.delay();
    } catch (...) {
        return std::nullopt;
    }
}

}  // namespace

milliseconds in_two_digits(milliseconds delay) {
    const milliseconds bounded = std::clamp(delay, RetrySchedule::shortest_delay, RetrySchedule::longest_delay);
    milliseconds::rep unit = 1;
    while (bounded.count() > 99 * unit) unit *= 10;
    return std::min(milliseconds{(bounded.count() + unit - 1) / unit * unit}, RetrySchedule::longest_delay);
}

RetryVerdict judge(const EntrypointOptions& options, std::uint32_t earlier_failures, const std::exception_ptr& error,
                   double chance) {
    RetryVerdict verdict{earlier_failures + 1, std::nullopt};
    if (!error || !options.is_retried(error)) return verdict;
    const RetrySchedule& schedule = *options.retry_schedule();
    verdict.delay = schedule.delay_after(verdict.failures, chance);
    if (!verdict.delay) return verdict;
    if (schedule.jitter() > 0) verdict.delay = in_two_digits(*verdict.delay);
    if (const auto asked_for = delay_in(error)) verdict.delay = in_two_digits(*asked_for);
    return verdict;
}

}  // namespace hiratake::messaging
