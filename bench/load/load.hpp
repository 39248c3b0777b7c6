#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "load/figures.hpp"
#include "load/options.hpp"

namespace bench {

/// Waits without an end.
inline constexpr Clock::time_point forever = Clock::time_point::max();

/// The end of one call.
struct Ended {
    std::uint64_t number;
    Clock::time_point at;
};

/// How one system makes calls. All functions are called by one thread, or one fiber.
class Caller {
  public:
    virtual ~Caller() = default;

    /// Starts a call. No other with this number is under way.
    virtual void start(std::uint64_t number) = 0;

    /// Waits for the end of a call, until that moment at the latest; nothing when none has ended by then. Throws for a
    /// call that has failed.
    virtual std::optional<Ended> wait(Clock::time_point until) = 0;
};

/// Makes calls for the time asked for, and a fifth of it before, which is not measured: with `rate` at moments set in
/// advance, the latency counted from that moment whenever the call was really sent, so that a system that lags cannot
/// slow down its own load; else with `in_flight` calls at any time.
/// @return the figures, one line of JSON
/// @throws std::runtime_error when calls have no end within 10 s, or none ended in time; what the caller throws
std::string run_load(Caller& caller, const Options& options);

}  // namespace bench
