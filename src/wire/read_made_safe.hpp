#pragma once

#include "hiratake/payload/value.hpp"

namespace hiratake::wire {

/// The reverse of make_safe(), as far as a schema tells what the texts were: "3" is 3 where an integer is wanted,
/// "None" null, "True" true. What does not fit the schema stays as it is, for the conversion to judge.
/// @param schema JSON Schema as SchemaBuilder makes it
/// @param definitions what its references refer to, by name
Value read_made_safe(Value value, const Value& schema, const Object& definitions);

}  // namespace hiratake::wire
