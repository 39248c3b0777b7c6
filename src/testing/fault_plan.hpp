#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "hiratake/testing/faults.hpp"

namespace hiratake::testing {

struct Fault {
    enum class Kind { drop, delay, cut };
    Kind kind = Kind::drop;
    Duration delay{};
};

/// The faults that are still to happen. Safe from any thread.
class FaultPlan {
  public:
    void add(FramePoint point, Fault fault);
    /// Counts a method that goes by; returns what is to happen to it.
    std::optional<Fault> meet(Direction direction, std::string_view method);
    std::size_t pending() const;

    /// @param cut breaks one stream, from any thread; harmless when it has gone
    void add_stream(std::function<void()> cut);
    void cut_streams();

  private:
    struct Planned {
        FramePoint point;
        Fault fault;
    };

    mutable std::mutex mutex_;
    std::list<Planned> planned_;
    std::vector<std::function<void()>> streams_;
};

}  // namespace hiratake::testing
