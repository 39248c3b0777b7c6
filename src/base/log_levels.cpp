#include "hiratake/base/log_levels.hpp"

#include <algorithm>
#include <array>

namespace hiratake {
namespace {

constexpr std::array names{"debug", "info", "warning", "error", "critical"};

}  // namespace

std::string_view log_level_name(LogLevel level) {
    return names.at(static_cast<std::size_t>(level));
}

std::optional<LogLevel> find_log_level(std::string_view name) {
    const auto is_same = [](char left, char right) {
        return left == (right >= 'A' && right <= 'Z' ? right + 32 : right);
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view known = names.at(i);
        if (std::equal(known.begin(), known.end(), name.begin(), name.end(), is_same)) return static_cast<LogLevel>(i);
    }
    return std::nullopt;
}

LogLevel LogLevels::of(std::string_view logger_name) const {
    LogLevel level = preset;
    std::size_t longest = 0;
    for (const auto& [name, own] : loggers) {
        const auto next = logger_name.substr(std::min(name.size(), logger_name.size()));
        const bool fits = logger_name.starts_with(name) && (next.empty() || next.front() == '.');
        if (!fits || name.size() < longest) continue;
        longest = name.size();
        level = own;
    }
    return level;
}

LogLevel LogLevels::lowest() const {
    LogLevel level = preset;
    for (const auto& logger : loggers) level = std::min(level, logger.second);
    return level;
}

}  // namespace hiratake
