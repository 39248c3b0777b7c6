#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// Thrown by a method with retry(): not now, come again later. It counts as a failed attempt.
/// (nameko-amqp-retry: Backoff.)
class Backoff : public Error {
  public:
    explicit Backoff(const std::string& why) : Error(why) {}
    /// @param retry_after to wait for this long instead of what the schedule says. It is rounded up to two digits, and
    /// kept within the bounds of RetrySchedule.
    Backoff(const std::string& why, std::chrono::milliseconds retry_after) : Error(why), delay_(retry_after) {}
    ~Backoff() override;

    const std::optional<std::chrono::milliseconds>& delay() const { return delay_; }

  private:
    std::optional<std::chrono::milliseconds> delay_;
};

}  // namespace hiratake
