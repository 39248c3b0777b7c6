#pragma once

#include <atomic>
#include <cstdint>

namespace hiratake::net {

/// Finds out, without a clock, that the loop's thread does not come back from a task: whoever checks twice and finds it
/// in the same slice knows that it has lasted from one check to the other. begin() and end() are for the loop's thread,
/// the rest for the one that checks.
class StallWatch {
  public:
    enum class Finding {
        moving,   ///< Something has run since the last check.
        resting,  ///< Nothing has, and nothing runs.
        stalled,  ///< What ran at the last check still runs. Found once for each.
        known,    ///< The same, already found.
    };

    /// @return whether the one that checks rests, and has to be woken
    bool begin() {
        slice_.fetch_add(1);
        return is_resting_.load() && is_resting_.exchange(false);
    }
    void end() { slice_.store(slice_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

    Finding check();
    /// To be called when nothing runs. Returns whether it still is so; begin() tells of the end of that.
    bool rest();

  private:
    // Odd while a task runs.
    std::atomic<std::uint64_t> slice_ = 0;
    std::atomic<bool> is_resting_ = false;
    std::uint64_t checked_ = 0;
    bool is_known_ = false;
};

}  // namespace hiratake::net
