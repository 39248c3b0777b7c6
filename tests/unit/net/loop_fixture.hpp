#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/event_loop.hpp"

namespace hiratake::net {

/// Keeps what is logged, from any thread.
class RecordedLog {
  public:
    const Log& log() const { return log_; }
    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }
    bool contains(std::string_view text) const {
        for (const auto& line : lines()) {
            if (line.find(text) != std::string::npos) return true;
        }
        return false;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
    Log log_{LogLevel::debug, [this](const LogRecord& record) {
                 const std::lock_guard lock(mutex_);
                 lines_.emplace_back(record.message);
             }};
};

/// One loop, run by hand on the test's thread.
class LoopTest : public testing::Test {
  protected:
    template <class Condition>
    bool run_until(Condition condition) {
        return loop_.run_until(std::move(condition), std::chrono::seconds{20});
    }

    RecordedLog log_;
    SystemClock clock_;
    EventLoop loop_{log_.log(), clock_};
};

}  // namespace hiratake::net
