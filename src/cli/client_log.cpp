#include "cli/client_log.hpp"

#include <fmt/core.h>

#include <cstdio>

namespace hiratake::cli {

Log client_log() {
    return Log{LogLevel::warning, [](const LogRecord& record) { fmt::print(stderr, "{}\n", record.message); }};
}

}  // namespace hiratake::cli
