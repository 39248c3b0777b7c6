#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace hiratake::test {

/// Where senders wait while they are to be quiet. Safe from any thread.
class Gate {
  public:
    /// Waits while the gate is closed.
    /// @return false when all is over
    bool pass() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return !is_closed_ || is_over_; });
        return !is_over_;
    }
    bool is_open() const {
        const std::lock_guard lock{mutex_};
        return !is_closed_ && !is_over_;
    }
    void set_closed(bool is_closed) {
        const std::lock_guard lock{mutex_};
        is_closed_ = is_closed;
        changed_.notify_all();
    }
    void end() {
        const std::lock_guard lock{mutex_};
        is_over_ = true;
        changed_.notify_all();
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool is_closed_ = false;
    bool is_over_ = false;
};

}  // namespace hiratake::test
