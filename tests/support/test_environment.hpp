#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/environment.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/resources.hpp"
#include "net/event_loop.hpp"

namespace hiratake::test {

/// Everything that a container asks of its process, under the test's control: time stands still, chance repeats itself,
/// and log lines are kept. The event loop is not started.
class TestEnvironment {
  public:
    explicit TestEnvironment(Config test_config = {}) : config(std::move(test_config)) {}

    std::vector<std::string> log_lines() const {
        const std::lock_guard lock{mutex_};
        return log_lines_;
    }
    bool logged(std::string_view text) const {
        for (const std::string& line : log_lines()) {
            if (line.find(text) != std::string::npos) return true;
        }
        return false;
    }

    Log log{LogLevel::debug, [this](const LogRecord& record) {
                const std::lock_guard lock{mutex_};
                log_lines_.emplace_back(record.message);
            }};
    ManualClock clock;
    Random random{1};
    Config config;
    Resources resources;
    net::EventLoop event_loop{log, clock};
    Health health;
    Metrics metrics;
    Environment environment{log, clock, random, config, event_loop, resources, health, metrics};

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> log_lines_;
};

}  // namespace hiratake::test
