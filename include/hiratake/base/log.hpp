#pragma once

#include <fmt/core.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace hiratake {

enum class LogLevel { debug, info, warning, error, critical };

/// Takes one finished line. May be called from any thread, several at once.
using LogSink = std::function<void(LogLevel level, std::string_view logger_name, std::string_view message)>;

/// Where log lines go: one process has one of these, made by the runner, or a test has its own. A reference to it is
/// handed down; there is no global logger.
class Log {
  public:
    /// Writes to standard error: message only for info, the level's name before it otherwise.
    Log();
    Log(LogLevel threshold, LogSink sink) : threshold_(threshold), sink_(std::move(sink)) {}

    LogLevel threshold() const { return threshold_; }
    void write(LogLevel level, std::string_view logger_name, std::string_view message) const {
        if (level >= threshold_) sink_(level, logger_name, message);
    }

  private:
    LogLevel threshold_ = LogLevel::info;
    LogSink sink_;
};

/// A named view of a Log, cheap to copy. The Log must outlive it.
class Logger {
  public:
    Logger(const Log& log, std::string name) : log_(&log), name_(std::move(name)) {}

    template <class... Args>
    void debug(fmt::format_string<Args...> format, Args&&... args) const {
        write(LogLevel::debug, format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void info(fmt::format_string<Args...> format, Args&&... args) const {
        write(LogLevel::info, format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void warning(fmt::format_string<Args...> format, Args&&... args) const {
        write(LogLevel::warning, format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void error(fmt::format_string<Args...> format, Args&&... args) const {
        write(LogLevel::error, format, std::forward<Args>(args)...);
    }
    template <class... Args>
    void critical(fmt::format_string<Args...> format, Args&&... args) const {
        write(LogLevel::critical, format, std::forward<Args>(args)...);
    }

    const Log& log() const { return *log_; }
    const std::string& name() const { return name_; }

  private:
    template <class... Args>
    void write(LogLevel level, fmt::format_string<Args...> format, Args&&... args) const {
        if (level < log_->threshold()) return;
        log_->write(level, name_, fmt::format(format, std::forward<Args>(args)...));
    }

    const Log* log_;
    std::string name_;
};

}  // namespace hiratake
