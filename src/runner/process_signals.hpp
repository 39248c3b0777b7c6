#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/event_loop.hpp"
#include "net/parker.hpp"
#include "net/signals.hpp"

namespace hiratake::runner {

/// Signals of a program that runs until the first SIGINT or SIGTERM, on an I/O thread of their own: they are heard
/// whatever else is stuck.
class ProcessSignals {
  public:
    explicit ProcessSignals(const Log& log);
    ~ProcessSignals();

    /// Called on the signals' own thread; at once when that many SIGINT and SIGTERM have arrived already.
    void on_first(std::function<void()> react);
    void on_second(std::function<void()> react);

    /// Called on the signals' own thread for each SIGHUP, which ends the process unless this was called.
    void on_hangup(std::function<void()> react);

    /// Of SIGINT and SIGTERM.
    int count() const;
    /// Waits for the first SIGINT or SIGTERM.
    void wait();

  private:
    void arrived(int count);
    void react_to(int number, std::function<void()> react);

    SystemClock clock_;
    net::EventLoop loop_;
    mutable std::mutex mutex_;
    net::Parker parker_;
    int count_ = 0;
    std::function<void()> reactions_[2];
    std::unique_ptr<net::Signals> stop_signals_;
    std::unique_ptr<net::Signals> hangup_signal_;
};

}  // namespace hiratake::runner
