#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/testing/firing.hpp"

namespace hiratake::testing {

class FiringLog;

/// Waits until an entrypoint has fired, however that came about: TestRunner::waiter(). It sees what ends after it was
/// made, so make it before what sets the entrypoint off. (Nameko: testing.services.entrypoint_waiter.)
class EntrypointWaiter {
  public:
    using Predicate = std::function<bool(const Firing& firing)>;

    EntrypointWaiter(FiringLog& log, std::string service, std::string method);

    /// Returns the first `count` firings that the predicate holds for, when their workers have ended, dependencies and
    /// all.
    /// @param predicate empty: any firing counts
    /// @param limit real time. Throws TimeoutError when it has passed, which tells what there was instead.
    std::vector<Firing> wait(std::size_t count = 1, const Predicate& predicate = nullptr,
                             Duration limit = std::chrono::seconds{20});

  private:
    FiringLog* log_;
    std::string service_;
    std::string method_;
    std::size_t begin_;
};

}  // namespace hiratake::testing
