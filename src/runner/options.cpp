#include "runner/options.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "hiratake/base/error.hpp"
#include "runner/config_file.hpp"
#include "runner/known_keys.hpp"

namespace hiratake::runner {

void Options::add_to(CLI::App& command) {
    command.add_option("--broker", broker,
                       "amqp://user:password@host:port/vhost (several hosts separated by ';'), amqps://… or memory://");
    command.add_option("--config", config_file, "YAML file; ${NAME:default} in it is replaced from the environment");
    command.add_option("--set", settings, "KEY=VALUE, overrides the file: --set smtp.host=localhost (repeatable)")
        ->allow_extra_args(false);
}

Config Options::config(const EnvironmentLookup& lookup) const {
    Config config = config_file.empty() ? Config{} : read_config_file(config_file, lookup);
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw ConfigurationError(
                fmt::format("--set {}: expected KEY=VALUE, as in --set smtp.host=localhost", setting));
        }
        const std::string key = setting.substr(0, equals);
        config = config.with(key, parse_config_value(std::string_view{setting}.substr(equals + 1), "--set " + key));
    }
    if (!broker.empty()) config = config.with("AMQP_URI", broker);
    check_keys(config);
    return config;
}

}  // namespace hiratake::runner
