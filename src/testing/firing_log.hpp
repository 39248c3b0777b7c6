#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/testing/firing.hpp"

namespace hiratake::testing {

/// Every firing of a runner's entrypoints, in the order in which their workers ended. Safe from any thread.
class FiringLog {
  public:
    void add(Firing firing);
    std::size_t size() const;
    std::vector<Firing> since(std::size_t begin) const;
    /// Returns whether there are more than `size` of them within the limit.
    bool wait_beyond(std::size_t size, Duration limit) const;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable added_;
    std::vector<Firing> firings_;
};

}  // namespace hiratake::testing
