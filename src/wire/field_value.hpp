#pragma once

#include "hiratake/amqp/table.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::wire {

/// The value as Python's AMQP library would write it into a table: integers within ±(2³¹−1) as `I`, others as `L`. An
/// integer beyond 64 bits, for which a table has no type, goes as its digits.
amqp::FieldValue to_field_value(const Value& value);
amqp::Table to_table(const Object& object);

/// What is in a table, in JSON's terms: a decimal becomes its digits, a timestamp an ISO text, a byte array a string.
Value from_field_value(const amqp::FieldValue& field);
Object from_table(const amqp::Table& table);

}  // namespace hiratake::wire
