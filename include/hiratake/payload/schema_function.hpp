#pragma once

namespace hiratake {

class SchemaBuilder;
class Value;

/// Writes the schema of one type, those that it refers to among the definitions of the builder.
using SchemaFunction = Value (*)(SchemaBuilder& schemas);

}  // namespace hiratake
