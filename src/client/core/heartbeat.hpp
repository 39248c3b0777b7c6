#pragma once

#include "hiratake/base/deadline.hpp"

namespace hiratake::client::core {

enum class HeartbeatAction {
    none,     ///< Nothing to do before next_deadline().
    send,     ///< Write a heartbeat frame: nothing has been written for half an interval.
    give_up,  ///< The peer has been silent for two intervals: the connection is dead.
};

/// Both directions of heartbeats (AMQP 0-9-1 section 4.2.7). Any byte counts, not heartbeat frames alone.
class Heartbeat {
  public:
    /// Zero switches heartbeats off.
    void start(Duration interval, TimePoint now) {
        interval_ = interval;
        last_sent_ = now;
        last_received_ = now;
    }
    void stop() { interval_ = Duration::zero(); }

    void sent(TimePoint now) { last_sent_ = now; }
    void received(TimePoint now) { last_received_ = now; }

    HeartbeatAction resume(TimePoint now) const {
        if (interval_ == Duration::zero()) return HeartbeatAction::none;
        if (now >= last_received_ + 2 * interval_) return HeartbeatAction::give_up;
        if (now >= last_sent_ + interval_ / 2) return HeartbeatAction::send;
        return HeartbeatAction::none;
    }
    Deadline next_deadline() const {
        if (interval_ == Duration::zero()) return Deadline::never();
        return Deadline{last_sent_ + interval_ / 2}.earlier(Deadline{last_received_ + 2 * interval_});
    }

  private:
    Duration interval_ = Duration::zero();
    TimePoint last_sent_;
    TimePoint last_received_;
};

}  // namespace hiratake::client::core
