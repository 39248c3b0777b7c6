#pragma once

#include <vector>

#include "hiratake/service/config.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::runner {

/// Runs services until SIGINT or SIGTERM, then stops them in order; a second signal ends the process at once. Throws as
/// ServiceRunner::start() does.
/// @return the exit code: 0 when nothing was left unfinished, else 1
int run_until_signal(std::vector<ServiceDefinition> services, const Config& config);

}  // namespace hiratake::runner
