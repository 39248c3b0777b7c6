#pragma once

#include <cstdint>

#include "hiratake/base/deadline.hpp"
#include "hiratake/service/retry_schedule.hpp"

namespace hiratake::rpc {

/// When the attempts of one call begin and end, all of them within one deadline. Asks no clock.
class CallAttempts {
  public:
    CallAttempts(RetrySchedule schedule, Deadline deadline) : schedule_(std::move(schedule)), deadline_(deadline) {}

    /// When the attempt that begins now has to have ended: an even share of what is left is its own, so that one that
    /// is never answered leaves time for the others.
    Deadline share(TimePoint now) const;
    /// An attempt has failed. Whether there is another one: next_at().
    /// @param chance from 0 to 1, for the schedule's jitter
    bool may_go_on(TimePoint now, double chance = 0.5);
    Deadline next_at() const { return next_at_; }

  private:
    RetrySchedule schedule_;
    Deadline deadline_;
    Deadline next_at_;
    std::uint32_t failures_ = 0;
};

}  // namespace hiratake::rpc
