#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::http {

/// Replaces a limit, which has its default, by what the configuration says. Throws ConfigurationError for a number that
/// is not positive or too large for its type.
template <class Number>
void read_limit(const Config& config, std::string_view key, Number& limit) {
    const auto value = config.integer(key);
    if (!value) return;
    if (*value <= 0 || !std::in_range<Number>(*value)) {
        throw ConfigurationError(fmt::format("{}: {} is out of range; the default is {}", key, *value, limit));
    }
    limit = static_cast<Number>(*value);
}

}  // namespace hiratake::http
