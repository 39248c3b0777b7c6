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

/// SIGINT and SIGTERM for a program that runs until the first of them, on an I/O thread of their own: they are heard
/// whatever else is stuck.
class StopSignals {
  public:
    explicit StopSignals(const Log& log);
    ~StopSignals();

    /// Called on the signals' own thread; at once when that many have arrived already.
    void on_first(std::function<void()> react);
    void on_second(std::function<void()> react);

    int count() const;
    /// Waits for the first signal.
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
    std::unique_ptr<net::Signals> signals_;
};

}  // namespace hiratake::runner
