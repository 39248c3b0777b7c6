#pragma once

#include "hiratake/base/clock.hpp"

namespace hiratake {

/// The moment by which an operation must have ended. Travels down the call instead of a timeout, so that nested waits
/// share one budget. A default-made deadline never passes.
class Deadline {
  public:
    constexpr Deadline() = default;
    constexpr explicit Deadline(TimePoint at) : at_(at) {}

    static constexpr Deadline never() { return {}; }
    /// A timeout that would overflow the clock means "never"; a negative one has already passed.
    static constexpr Deadline after(TimePoint now, Duration timeout) {
        return timeout >= TimePoint::max() - now ? never() : Deadline{now + timeout};
    }

    constexpr bool is_never() const { return at_ == TimePoint::max(); }
    constexpr TimePoint at() const { return at_; }
    constexpr bool passed(TimePoint now) const { return !is_never() && now >= at_; }
    /// Never less than zero.
    constexpr Duration left(TimePoint now) const {
        if (is_never()) return Duration::max();
        return now < at_ ? at_ - now : Duration::zero();
    }
    constexpr Deadline earlier(Deadline other) const { return at_ <= other.at_ ? *this : other; }

    friend constexpr bool operator==(Deadline, Deadline) = default;

  private:
    TimePoint at_ = TimePoint::max();
};

}  // namespace hiratake
