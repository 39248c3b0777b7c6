#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "hiratake/base/log.hpp"

namespace hiratake::testing {

/// Keeps what is logged. Safe from any thread.
class RecordedLog {
  public:
    const Log& log() const { return log_; }
    std::vector<std::string> lines() const {
        const std::lock_guard lock{mutex_};
        return lines_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
    Log log_{LogLevel::debug, [this](const LogRecord& record) {
                 const std::lock_guard lock{mutex_};
                 lines_.emplace_back(record.message);
             }};
};

}  // namespace hiratake::testing
