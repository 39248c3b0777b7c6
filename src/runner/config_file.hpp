#pragma once

#include <string>
#include <string_view>

#include "hiratake/service/config.hpp"
#include "runner/environment_substitution.hpp"

namespace hiratake::runner {

/// Reads YAML text into a configuration. In plain (unquoted) scalars `${NAME:default}` is replaced from the environment
/// and the result read as YAML again, so that it may be a number, a list or a map; quoted scalars are left as they are.
/// (Nameko: nameko-features section 12.)
/// @param source names the text in errors: the file's path
/// Throws ConfigurationError with the line of what cannot be read.
Config parse_config(std::string_view yaml, std::string_view source, const EnvironmentLookup& lookup);

/// Reads a file. Throws ConfigurationError when it cannot be read, with the reason.
Config read_config_file(const std::string& path, const EnvironmentLookup& lookup);

/// One value as on the command line, `--set key=VALUE`: read as YAML, so that numbers and lists keep their type.
Value parse_config_value(std::string_view yaml, std::string_view source);

/// The masked configuration as YAML.
std::string show_config(const Config& config);

}  // namespace hiratake::runner
