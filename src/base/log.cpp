#include "hiratake/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

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

LogSink standard_error_sink() {
    auto backend = std::make_shared<spdlog::logger>("hiratake", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    backend->set_pattern("%v");
    backend->set_level(spdlog::level::trace);
    backend->flush_on(spdlog::level::trace);
    // Shared with itself only: std::function asks for a copyable target.
    return [backend](LogLevel level, std::string_view, std::string_view message) {
        backend->log(to_spdlog(level), "{}{}", prefix(level), message);
    };
}

}  // namespace

Log::Log() : sink_(standard_error_sink()) {}

}  // namespace hiratake
