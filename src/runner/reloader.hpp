#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/event_loop.hpp"
#include "net/file_stamp.hpp"
#include "net/timer.hpp"

namespace hiratake::runner {

/// Runs a command in a process of its own, and anew whenever one of its files has changed: for development. When the
/// command ends by itself, because of a mistake in its configuration or a crash, it is run again after the next change.
class Reloader {
  public:
    /// @param command the program's path and its arguments
    /// @param files what it is made of: the program and its configuration
    Reloader(std::vector<std::string> command, std::vector<std::string> files, const Log& log);

    /// Until SIGINT or SIGTERM, which is passed on to the command.
    /// @return the exit code of the command; 0 when it was not running
    /// Throws Error when there can be no new process.
    int run();

  private:
    void start();
    void look();
    void look_again_later();
    void stop();
    void on_child_ended();
    bool has_changed() const { return seen_ != started_with_; }
    std::vector<net::FileStamp> stamps() const;

    std::vector<std::string> command_;
    std::vector<std::string> files_;
    Logger logger_;
    SystemClock clock_;
    net::EventLoop loop_;
    net::Timer timer_;
    std::vector<net::FileStamp> started_with_;
    std::vector<net::FileStamp> seen_;
    std::optional<pid_t> child_;
    int exit_code_ = 0;
    bool is_restarting_ = false;
    bool is_stopping_ = false;
};

}  // namespace hiratake::runner
