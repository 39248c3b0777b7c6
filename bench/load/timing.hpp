#pragma once

#include <chrono>

#include "load/figures.hpp"

namespace bench {

/// How long a load runs before it is measured, of the time for which it is.
inline constexpr double warm_up_share = 0.2;
/// What is under way when the time is over.
inline constexpr std::chrono::seconds ends_within{10};

inline Clock::duration to_duration(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

}  // namespace bench
