#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hiratake::runner {

/// Looks up an environment variable; none where it is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(const std::string& name)>;

/// The process's own environment.
EnvironmentLookup process_environment();

/// Replaces each `${NAME}` and `${NAME:default}` of the text. The default may hold further substitutions. A variable
/// that is set but empty does not use its default; an unset one without default becomes an empty text. `$NAME` and `${
/// NAME }` are left as they are. (Nameko: cli.utils.config, nameko-features section 12.) Throws ConfigurationError for
/// a `${NAME` that is never closed, and beyond 16 levels of nesting.
std::string substitute_environment(std::string_view text, const EnvironmentLookup& lookup);

/// Whether the text holds anything to substitute.
bool has_substitution(std::string_view text);

}  // namespace hiratake::runner
