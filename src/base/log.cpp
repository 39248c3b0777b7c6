#include "hiratake/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace hiratake {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return spdlog::level::debug;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::error: return spdlog::level::err;
        case LogLevel::critical: return spdlog::level::critical;
    }
    return spdlog::level::info;
}

std::string_view prefix(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return "DEBUG ";
        case LogLevel::info: return "";
        case LogLevel::warning: return "WARNING ";
        case LogLevel::error: return "ERROR ";
        case LogLevel::critical: return "CRITICAL ";
    }
    return "";
}

}  // namespace

std::string plain_line(const LogRecord& record) {
    return std::string(prefix(record.level)).append(record.message);
}

LogSink standard_error_sink(LogFormat format) {
    auto backend = std::make_shared<spdlog::logger>("hiratake", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    backend->set_pattern("%v");
    backend->set_level(spdlog::level::trace);
    backend->flush_on(spdlog::level::trace);
    // Shared with itself only: std::function asks for a copyable target.
    return [backend, format = std::move(format)](const LogRecord& record) {
        backend->log(to_spdlog(record.level), "{}", format(record));
    };
}

struct Log::Levels {
    mutable std::shared_mutex mutex;
    LogLevels levels;
};

Log::Log() : Log(LogLevels{}, standard_error_sink(plain_line)) {}

Log::Log(LogLevels levels, LogSink sink)
    : lowest_(levels.lowest()), levels_(std::make_unique<Levels>()), sink_(std::move(sink)) {
    levels_->levels = std::move(levels);
}

Log::~Log() = default;

void Log::set_levels(LogLevels levels) {
    const std::unique_lock lock(levels_->mutex);
    lowest_ = levels.lowest();
    levels_->levels = std::move(levels);
}

bool Log::passes(LogLevel level, std::string_view logger_name) const {
    const std::shared_lock lock(levels_->mutex);
    return level >= levels_->levels.of(logger_name);
}

}  // namespace hiratake
