#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hiratake {

enum class LogLevel { debug, info, warning, error, critical };

/// "warning"
std::string_view log_level_name(LogLevel level);
/// Nothing for a name that is none of a level. Upper case will do.
std::optional<LogLevel> find_log_level(std::string_view name);

/// Which lines are written: those of a level and above.
struct LogLevels {
    // Not explicit: one level for all is what most mean.
    LogLevels(LogLevel of_all = LogLevel::info) : preset(of_all) {}  // NOLINT(google-explicit-constructor)

    /// Of a logger. A name stands for itself and, with a dot behind it, for those below it: `hiratake` for
    /// `hiratake.client`. The longest one that fits decides.
    LogLevel of(std::string_view logger_name) const;
    /// Of all loggers.
    LogLevel lowest() const;

    LogLevel preset;
    std::vector<std::pair<std::string, LogLevel>> loggers;
};

}  // namespace hiratake
