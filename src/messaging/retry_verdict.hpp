#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>

#include "hiratake/service/entrypoint.hpp"

namespace hiratake::messaging {

/// What is to become of a message whose method failed.
struct RetryVerdict {
    /// How many attempts have failed, this one included.
    std::uint32_t failures = 1;
    /// When it comes again; none: it is parked.
    std::optional<std::chrono::milliseconds> delay;
};

/// @param options with a retry schedule
/// @param earlier_failures how many attempts had failed before
/// @param error null for a message that the method cannot be called with, which makes no more sense the next time
/// @param chance from 0 to 1, for the schedule's jitter
RetryVerdict judge(const EntrypointOptions& options, std::uint32_t earlier_failures, const std::exception_ptr& error,
                   double chance = 0.5);

/// The shortest delay with two digits that is no shorter, within the bounds of RetrySchedule: a queue is made for each
/// delay, so there must not be too many of them.
std::chrono::milliseconds in_two_digits(std::chrono::milliseconds delay);

}  // namespace hiratake::messaging
