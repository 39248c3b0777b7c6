#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hiratake::client::core {

/// Replaces each %XX by its byte (RFC 3986 section 2.1); nothing when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

/// Encodes all but unreserved characters (RFC 3986 section 2.3) and those in `kept`.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

}  // namespace hiratake::client::core
