#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hiratake/http/headers.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::http {

/// A setting that is one text or a list of texts; empty where it is absent. Throws ConfigurationError for anything
/// else.
std::vector<std::string> read_text_list(const Config& config, std::string_view key);

/// The members of a header's comma-separated list (RFC 9110 section 5.6.1), without the space around them.
std::vector<std::string> split_list(std::string_view text);

/// Whether a header that is such a list names this token, in any of its fields. Neither name has regard to case.
bool lists(const Headers& headers, std::string_view name, std::string_view token);

}  // namespace hiratake::http
