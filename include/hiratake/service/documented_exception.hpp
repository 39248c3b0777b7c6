#pragma once

#include <functional>
#include <string>

namespace hiratake {

class SchemaBuilder;
class Value;

/// One of the application's exceptions, as generated documentation shows it.
struct DocumentedException {
    /// What it is called on the wire: "bank.InsufficientFunds".
    std::string path;
    std::string doc;
    /// The schema of its details; empty where it has none.
    std::function<Value(SchemaBuilder& schemas)> details_schema;
};

}  // namespace hiratake
