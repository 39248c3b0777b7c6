#pragma once

#include <memory>

#include "hiratake/base/log.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::runner {

/// The `log:` section of the configuration.
struct LogSettings {
    enum class Format { plain, text, json };

    LogLevels levels;
    Format format = Format::plain;
};

/// Throws ConfigurationError, with the levels or formats that there are, for another one.
LogSettings read_log_settings(const Config& config);

/// A log on standard error, by these settings.
std::unique_ptr<Log> make_log(const LogSettings& settings);

}  // namespace hiratake::runner
