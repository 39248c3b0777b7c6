#pragma once

#include <atomic>
#include <thread>

#include "hiratake/base/clock.hpp"
#include "net/parker.hpp"
#include "net/stall_watch.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

/// A thread that calls when the loop's thread stays in one slice for longer than it should. It sleeps while nothing
/// runs.
class StallReporter {
  public:
    /// @param report called once for each stall that lasts so long, on a thread of its own
    StallReporter(Duration longest, UniqueFunction<void()> report);
    ~StallReporter();
    StallReporter(const StallReporter&) = delete;
    StallReporter& operator=(const StallReporter&) = delete;

    /// On the loop's thread, around each slice.
    void begin() {
        if (watch_.begin()) moved_.unpark();
    }
    void end() { watch_.end(); }

  private:
    void watch();

    const Duration longest_;
    UniqueFunction<void()> report_;
    StallWatch watch_;
    Parker moved_;
    std::atomic<bool> is_ending_ = false;
    std::thread thread_;
};

}  // namespace hiratake::net
