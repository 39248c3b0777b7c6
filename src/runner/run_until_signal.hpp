#pragma once

#include <functional>
#include <vector>

#include "hiratake/service/config.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::runner {

/// Runs services until SIGINT or SIGTERM, then stops them in order; a second signal ends the process at once. On SIGHUP
/// the levels of the log are read anew. Throws as ServiceRunner::start() does.
/// @param read_config reads the configuration as it was read for `config`; may throw ConfigurationError
/// @return the exit code: 0 when nothing was left unfinished, else 1
int run_until_signal(std::vector<ServiceDefinition> services, const Config& config,
                     const std::function<Config()>& read_config);

}  // namespace hiratake::runner
