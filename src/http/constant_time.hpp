#pragma once

#include <string_view>

namespace hiratake::http {

/// Compares in a time that depends on the length of `given` alone, so that no secret is found out byte by byte.
bool equal_in_constant_time(std::string_view given, std::string_view secret);

}  // namespace hiratake::http
