#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hiratake/service/config.hpp"
#include "runner/environment_substitution.hpp"

namespace CLI {
class App;
}

namespace hiratake::runner {

/// What every command that reads the configuration takes: `--broker`, `--config`, `--set KEY=VALUE`.
struct Options {
    std::string broker;
    std::string config_file;
    std::vector<std::string> settings;

    void add_to(CLI::App& command);

    /// The file, overridden by the command line; `--broker` is the key `AMQP_URI`.
    /// Throws ConfigurationError.
    Config config(const EnvironmentLookup& lookup) const;
};

}  // namespace hiratake::runner
