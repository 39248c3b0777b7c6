#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// The wrapper in which kombu 5.3 and later carries what JSON has no type for: {"__type__": type, "__value__": value}.
/// Types it turns back into Python's own: "datetime", "date", "time" (ISO texts), "decimal" (text), "uuid" ({"hex": 32
/// digits}), "bytes" (text), "base64" (text). An older kombu, and so an older Nameko, sees the object as it is.
Value typed_value(std::string_view type, Value value);

/// The text that such a wrapper stands for: the ISO text or the decimal's digits as they are, a uuid with its dashes,
/// bytes decoded. Nothing when `value` is no wrapper of one of these types.
std::optional<std::string> text_of_typed_value(const Value& value);

}  // namespace hiratake
