#pragma once

#include <signal.h>
#include <termios.h>

#include <functional>
#include <optional>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/event_loop.hpp"
#include "net/signals.hpp"

namespace hiratake::shell {

/// Signals while a shell runs: SIGINT (Ctrl-C during a call) interrupts it; SIGTERM ends the process, with the terminal
/// put back into the state in which it was found.
class ShellSignals {
  public:
    /// @param interrupt is called on a thread of its own
    /// @param log must outlive this object
    ShellSignals(const Log& log, std::function<void()> interrupt);
    ~ShellSignals();
    ShellSignals(const ShellSignals&) = delete;
    ShellSignals& operator=(const ShellSignals&) = delete;

  private:
    void terminate();

    SystemClock clock_;
    std::optional<termios> terminal_;
    net::EventLoop loop_;
    std::optional<net::Signals> signals_;
    sigset_t former_mask_{};
};

}  // namespace hiratake::shell
