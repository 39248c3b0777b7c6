#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/schema_keywords.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// A parameter of a method that can be called from afar: its name, since C++ does not tell, its default, and the rules
/// for its values beyond their type.
struct Parameter : SchemaKeywords<Parameter> {
    Parameter(const char* parameter_name) : name(parameter_name) {}
    Parameter(std::string parameter_name) : name(std::move(parameter_name)) {}
    Parameter(std::string parameter_name, Value default_argument)
        : name(std::move(parameter_name)), default_value(std::move(default_argument)) {}

    std::string name;
    /// What a call that leaves the argument out means by that; without one, it may not.
    std::optional<Value> default_value;
    /// Makes the schema of its type, or the schema by which a method of another process knows it; empty where there is
    /// none.
    std::function<Value(SchemaBuilder& schemas)> type_schema;

    bool required() const { return !default_value; }
};

/// A parameter that may be left out of a call: `service.rpc<&Shop::list>("category", arg("limit", 10).minimum(1))`.
template <class T>
Parameter arg(std::string name, T&& default_argument) {
    return {std::move(name), to_value(std::forward<T>(default_argument))};
}

inline Parameter arg(std::string name) {
    return {std::move(name)};
}

}  // namespace hiratake
