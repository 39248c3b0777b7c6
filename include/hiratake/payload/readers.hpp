#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/value.hpp"
#include "hiratake/payload/value_path.hpp"

/// The parts of the conversions that need no template, out of line to keep the headers cheap. All throw
/// ConversionError.
namespace hiratake::payload {

bool read_bool(const Value& value, const ValuePath& path);
/// An integer from `min` to `max`. Neither 1.0 nor true is one.
std::int64_t read_integer(const Value& value, const ValuePath& path, std::int64_t min, std::int64_t max);
std::uint64_t read_unsigned(const Value& value, const ValuePath& path, std::uint64_t max);
/// A number of any kind, or kombu's wrapper of a decimal.
double read_double(const Value& value, const ValuePath& path);

/// The string, or the text inside of one of kombu's wrappers; see typed_value.hpp.
std::string take_string(Value&& value, const ValuePath& path);
Array take_array(Value&& value, const ValuePath& path);
/// An array of exactly `size` elements.
Array take_array_of(Value&& value, const ValuePath& path, std::size_t size);
Object take_object(Value&& value, const ValuePath& path);

/// {"__type__": "base64", "__value__": …}
Value wrap_bytes(const std::byte* bytes, std::size_t size);

/// The position of the text among the names.
std::size_t read_choice(const Value& value, const ValuePath& path, const std::vector<std::string_view>& names);

}  // namespace hiratake::payload
