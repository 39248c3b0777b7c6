#pragma once

#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake::documents {

/// The schema as people read it: a bound that only says how wide a C++ integer is becomes the format that means the
/// same, such as `int64`. (JavaScript could not even show these bounds.)
Value with_named_ranges(Value schema);

/// Takes `description` out of a schema, for the object around it to have.
std::string take_description(Value& schema);

/// The first sentence, without its full stop.
std::string first_sentence(const std::string& text);

}  // namespace hiratake::documents
