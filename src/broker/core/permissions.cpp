#include "broker/core/permissions.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"

namespace hiratake::broker::core {

NamePattern::NamePattern(std::string_view expression)
    : kind_(expression.empty()                           ? Kind::nothing
            : expression == ".*" || expression == "^.*$" ? Kind::everything
                                                         : Kind::expression) {
    if (kind_ != Kind::expression) return;
    try {
        expression_.assign(expression.begin(), expression.end(), std::regex::ECMAScript | std::regex::optimize);
    } catch (const std::regex_error& error) {
        throw ConfigurationError(fmt::format(
            "cannot read the permission pattern '{}': {}; write a regular expression such as '.*' or '^orders\\.'",
            expression, error.what()));
    }
}

bool NamePattern::matches(std::string_view name) const {
    if (kind_ != Kind::expression) return kind_ == Kind::everything;
    return std::regex_search(name.begin(), name.end(), expression_);
}

}  // namespace hiratake::broker::core
