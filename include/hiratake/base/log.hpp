#pragma once

#include <fmt/core.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hiratake/base/log_levels.hpp"

namespace hiratake {

/// One finished line. Valid while it is being written.
struct LogRecord {
    LogLevel level;
    std::string_view logger_name;
    std::string_view message;
    /// Of the call that the line comes from or tells of; empty where there is none.
    std::string_view call_id;
};

/// Takes one record. May be called from any thread, several at once.
using LogSink = std::function<void(const LogRecord& record)>;

/// What a line looks like.
using LogFormat = std::function<std::string(const LogRecord& record)>;

/// The message alone for info, the level's name before it otherwise: for a person who watches.
std::string plain_line(const LogRecord& record);

/// Writes a line for each record to standard error.
LogSink standard_error_sink(LogFormat format);

/// Where log lines go: one process has one of these, made by the runner, or a test has its own. A reference to it is
/// handed down; there is no global logger. Safe from any thread.
class Log {
  public:
    /// Writes plain lines to standard error, from info on.
    Log();
    Log(LogLevels levels, LogSink sink);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// From the next line on.
    void set_levels(LogLevels levels);

    /// Whether such a line is written: there is no need to make one that is not.
    bool takes(LogLevel level, std::string_view logger_name) const {
        return level >= lowest_.load(std::memory_order_relaxed) && passes(level, logger_name);
    }
    /// What takes() has said yes to.
    void write(const LogRecord& record) const { sink_(record); }

  private:
    struct Levels;
    bool passes(LogLevel level, std::string_view logger_name) const;

    std::atomic<LogLevel> lowest_;
    std::unique_ptr<Levels> levels_;
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

    /// The same, for what comes from one call or tells of it.
    Logger for_call(std::string_view call_id) const {
        Logger logger = *this;
        logger.call_id_ = call_id;
        return logger;
    }

  private:
    template <class... Args>
    void write(LogLevel level, fmt::format_string<Args...> format, Args&&... args) const {
        if (!log_->takes(level, name_)) return;
        log_->write({level, name_, fmt::format(format, std::forward<Args>(args)...), call_id_});
    }

    const Log* log_;
    std::string name_;
    std::string call_id_;
};

}  // namespace hiratake
