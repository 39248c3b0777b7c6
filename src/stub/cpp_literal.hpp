#pragma once

#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake::stub {

class CppTypes;

/// A text as a C++ string literal.
std::string cpp_string(std::string_view text);

/// A default as a C++ expression of this type, which CppTypes gave.
std::string cpp_literal(const Value& value, const std::string& type, const CppTypes& types);

}  // namespace hiratake::stub
