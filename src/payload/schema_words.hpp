#pragma once

#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake::payload {

/// "an integer" for "integer".
std::string noun_of_type(std::string_view type);
/// "an integer from 1 to 10", "a number above 0": what the keywords of this schema ask of a number.
std::string range_of_number(const Value& schema);
/// "1 to 10", "at least 1", "at most 10", "10": from limits of which one may be missing (null).
std::string count_range(const Value* least, const Value* most);
/// "one of 'sum', 'mul'".
std::string one_of(const Array& choices);
/// A value as it is named in a message: 'text' (shortened where it is long) or its JSON.
std::string shown(const Value& value);

}  // namespace hiratake::payload
