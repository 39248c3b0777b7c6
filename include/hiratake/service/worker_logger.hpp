#pragma once

#include <fmt/core.h>

#include <memory>
#include <optional>
#include <utility>

#include "hiratake/base/log.hpp"
#include "hiratake/service/dependency_provider.hpp"

namespace hiratake {

/// A dependency: the log of the process, by the service's name, with the call id of the worker in each line.
///
///     hiratake::WorkerLogger log;
///     log.info("{} orders are waiting", count);
///
/// Where no container has provided it, what it is told goes nowhere.
class WorkerLogger {
  public:
    template <class... Args>
    void debug(fmt::format_string<Args...> format, Args&&... args) const {
        if (logger_) logger_->debug(format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void info(fmt::format_string<Args...> format, Args&&... args) const {
        if (logger_) logger_->info(format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void warning(fmt::format_string<Args...> format, Args&&... args) const {
        if (logger_) logger_->warning(format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void error(fmt::format_string<Args...> format, Args&&... args) const {
        if (logger_) logger_->error(format, std::forward<Args>(args)...);
    }

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class WorkerLoggerProvider;

    std::optional<Logger> logger_;
};

}  // namespace hiratake
