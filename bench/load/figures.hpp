#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

/// What one run of a load has found. Every program prints it in the same words: one line of JSON.
class Figures {
  public:
    Figures();

    /// A call, or an event, that ended in the measured time.
    void count(Clock::time_point began, Clock::time_point ended);
    /// One that ended before or after it.
    void count_outside() { ++outside_; }

    /// @param measured how long the measured time was
    std::string to_json(Clock::duration measured);

  private:
    std::vector<float> latencies_us_;
    std::uint64_t outside_ = 0;
    double cpu_s_before_;
};

}  // namespace bench
