#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

namespace hiratake {

/// Delays that grow by a factor: first, first · factor, first · factor² …, up to a cap.
struct ExponentialDelays {
    std::chrono::milliseconds first{1'000};
    std::chrono::milliseconds cap{600'000};
    double factor = 2.0;
    /// How many retries there are.
    std::uint32_t limit = 10;
};

/// How long a message waits before each retry, and how often it is retried.
class RetrySchedule {
  public:
    /// 1, 2, 3, 5, 8, 13, 21, 34, 55 s, and then 55 s until the twentieth retry (nameko-amqp-retry).
    RetrySchedule();
    /// One retry after each of these delays.
    /// Throws ConfigurationError for a delay below 1 ms or above 20 days.
    RetrySchedule(std::initializer_list<std::chrono::milliseconds> delays);
    /// Throws ConfigurationError for a delay as above, a cap below the first delay, or a factor below 1.
    RetrySchedule(const ExponentialDelays& delays);

    /// As many retries: the last delay is repeated, or the last ones are left out.
    RetrySchedule& limit(std::uint32_t retries);
    std::uint32_t limit() const { return limit_; }
    /// Each delay is longer or shorter by up to this part of it, so that what failed together does not come again
    /// together: with 0.2, 10 s are 8 to 12 s.
    /// @param part 0 to 1, or ConfigurationError
    RetrySchedule& jitter(double part);
    double jitter() const { return jitter_; }

    /// How long to wait after the attempt has failed that many times (1 is the first); nothing when that was enough.
    /// @param chance from 0 (the shortest that jitter allows) to 1 (the longest); 0.5 is what the schedule says
    std::optional<std::chrono::milliseconds> delay_after(std::uint32_t failures, double chance = 0.5) const;

    static constexpr std::chrono::milliseconds shortest_delay{1};
    static constexpr std::chrono::milliseconds longest_delay = std::chrono::hours{24 * 20};

  private:
    std::vector<std::chrono::milliseconds> delays_;
    std::uint32_t limit_ = 0;
    double jitter_ = 0;
};

}  // namespace hiratake
