#include "cli/client_log.hpp"

#include <fmt/core.h>

#include <cstdio>

namespace hiratake::cli {

Log client_log() {
    return Log{LogLevel::warning,
               [](LogLevel, std::string_view, std::string_view message) { fmt::print(stderr, "{}\n", message); }};
}

}  // namespace hiratake::cli
