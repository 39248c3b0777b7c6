#pragma once

#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake::shell {

/// The type in a JSON Schema, in a line: `[Item]`, `'red' | 'green'`, `string | null`; "any" where it says nothing.
std::string type_text(const Value& schema);

/// What the schema says beyond that: "1 to 30; matches ^[A-Z]", and its description. Empty where it says nothing. The
/// limits of C++ types are left out.
std::string note_text(const Value& schema);

}  // namespace hiratake::shell
