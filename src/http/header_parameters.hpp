#pragma once

#include <optional>
#include <string_view>

#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// The parameters behind the first semicolon of a header's value: {"boundary", "x"} for "multipart/form-data;
/// boundary=x". Names in lower case, quoted values without their quotes. Nothing when they are malformed or one is
/// there twice, which two programs could understand in two ways.
std::optional<TextFields> header_parameters(std::string_view value);

}  // namespace hiratake::http
