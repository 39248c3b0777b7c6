#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hiratake/base/clock.hpp"

namespace hiratake::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::string http_date(WallTime time);

/// Reads that form and the two obsolete ones, "Sunday, 06-Nov-94 08:49:37 GMT" and "Sun Nov  6 08:49:37 1994". Nothing
/// for other texts.
std::optional<WallTime> parse_http_date(std::string_view text);

}  // namespace hiratake::http
