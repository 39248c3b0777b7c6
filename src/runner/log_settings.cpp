#include "runner/log_settings.hpp"

#include <fmt/core.h>

#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "runner/log_lines.hpp"

namespace hiratake::runner {
namespace {

LogLevel read_level(const std::string& key, const Value& value) {
    const auto* name = value.get_if<std::string>();
    const auto level = name ? find_log_level(*name) : std::nullopt;
    if (level) return *level;
    throw ConfigurationError(fmt::format("configuration: `{}` must be debug, info, warning, error or critical", key));
}

LogSettings::Format read_format(const std::string& name) {
    if (name == "plain") return LogSettings::Format::plain;
    if (name == "text") return LogSettings::Format::text;
    if (name == "json") return LogSettings::Format::json;
    throw ConfigurationError(fmt::format("configuration: `log.format` must be plain, text or json, not `{}`", name));
}

}  // namespace

LogSettings read_log_settings(const Config& config) {
    LogSettings settings;
    if (const Value* level = config.find("log.level")) settings.levels.preset = read_level("log.level", *level);
    if (const Value* loggers = config.find("log.loggers")) {
        const auto* map = loggers->get_if<Object>();
        if (!map) {
            throw ConfigurationError("configuration: `log.loggers` must map loggers to levels: {http: debug}");
        }
        for (const Member& logger : *map) {
            settings.levels.loggers.emplace_back(logger.name, read_level("log.loggers." + logger.name, logger.value));
        }
    }
    settings.format = read_format(config.text("log.format").value_or("plain"));
    return settings;
}

std::unique_ptr<Log> make_log(const LogSettings& settings) {
    const auto line = [&settings]() -> LogFormat {
        switch (settings.format) {
            case LogSettings::Format::text:
                return [](const LogRecord& record) { return text_line(record, SystemClock{}.wall_time()); };
            case LogSettings::Format::json:
                return [](const LogRecord& record) { return json_line(record, SystemClock{}.wall_time()); };
            case LogSettings::Format::plain: break;
        }
        return plain_line;
    };
    return std::make_unique<Log>(settings.levels, standard_error_sink(line()));
}

}  // namespace hiratake::runner
