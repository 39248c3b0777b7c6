#include "hiratake/client/core/retry_policy.hpp"

#include <algorithm>
#include <cmath>

namespace hiratake::client {

Duration RetryPolicy::delay(std::uint32_t attempt, double chance) const {
    const double exponent = attempt == 0 ? 0.0 : static_cast<double>(attempt - 1);
    // In floating point, so that a long row of failures cannot overflow: it becomes infinity, and the cap takes it.
    const double grown = static_cast<double>(first_delay.count()) * std::pow(factor, exponent);
    const double capped = std::min(grown, static_cast<double>(max_delay.count()));
    const double share = std::clamp(jitter, 0.0, 1.0) * std::clamp(chance, 0.0, 1.0);
    return Duration{static_cast<Duration::rep>(capped * (1.0 - share))};
}

}  // namespace hiratake::client
