#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "net/parker.hpp"

namespace hiratake::test {

/// What handlers have seen, in the order in which they saw it; cleared by each test.
class Journal {
  public:
    /// Returns how many lines there are now.
    std::size_t add(std::string line) {
        const std::lock_guard lock{mutex_};
        lines_.push_back(std::move(line));
        arrived_.unpark();
        return lines_.size();
    }
    std::vector<std::string> wait_for(std::size_t count) {
        const Deadline deadline{SystemClock{}.now() + std::chrono::seconds{20}};
        while (true) {
            {
                const std::lock_guard lock{mutex_};
                if (lines_.size() >= count) return lines_;
            }
            if (!arrived_.park(deadline)) return lines_;
        }
    }
    void clear() {
        const std::lock_guard lock{mutex_};
        lines_.clear();
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
    net::Parker arrived_;
};

}  // namespace hiratake::test
