#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <optional>

#include "hiratake/base/clock.hpp"
#include "net/timer_queue.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

/// A TimerQueue whose handlers are called when their moment of a clock has come, by one Asio timer that is set to the
/// earliest. For the thread of the context alone.
class AlarmedTimers {
  public:
    /// What calls a handler.
    using Caller = UniqueFunction<void(UniqueFunction<void()>& handler)>;

    AlarmedTimers(boost::asio::io_context& context, const Clock& clock, Caller caller);

    TimerQueue::Key add(TimePoint at, UniqueFunction<void()> handler);
    void remove(const TimerQueue::Key& key) { queue_.remove(key); }
    /// Calls those that are due now. Returns how many.
    std::size_t run_due();
    /// For when the clock has been moved.
    void arm();
    /// Nothing is called from here on. Belongs before the end of the context.
    void close();

  private:
    const Clock& clock_;
    Caller caller_;
    TimerQueue queue_;
    std::optional<boost::asio::steady_timer> alarm_;
    std::optional<TimePoint> alarm_at_;
};

}  // namespace hiratake::net
