#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "hiratake/base/type_name.hpp"
#include "hiratake/payload/schema_function.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

template <class T>
struct Converter;

/// Makes JSON Schemas (draft 2020-12) of C++ types. A struct becomes a definition of its own, made once and referred to
/// by name wherever it occurs, so that a type may contain itself.
class SchemaBuilder {
  public:
    /// @param reference_prefix what stands before a definition's name: OpenAPI has "#/components/schemas/"
    explicit SchemaBuilder(std::string reference_prefix = "#/$defs/")
        : reference_prefix_(std::move(reference_prefix)) {}

    /// The schema of T; an empty one, which allows anything, when T's Converter does not have one.
    template <class T>
    Value of() {
        if constexpr (requires { Converter<T>::schema(*this); }) {
            return Converter<T>::schema(*this);
        } else {
            return Object{};
        }
    }

    /// A reference to the definition of a type, which `make` returns when it is first needed.
    /// @param type_name with its namespaces, which are left out unless two types would share a name
    template <class Make>
    Value definition(std::string_view type_name, Make make) {
        const auto [name, is_new] = name_of(type_name);
        if (is_new) {
            Value made = make();
            definitions_.set(name, std::move(made));
        }
        return Object{{"$ref", reference_prefix_ + name}};
    }

    /// All definitions so far, by name.
    const Object& definitions() const { return definitions_; }

    /// A struct has rules for its fields beyond their types.
    void note_rules() { has_rules_ = true; }
    bool has_rules() const { return has_rules_; }

  private:
    std::pair<std::string, bool> name_of(std::string_view type_name);

    std::string reference_prefix_;
    Object definitions_;
    Object type_names_;  // the definition's name → the type's
    bool has_rules_ = false;
};

/// SchemaBuilder::of<T>() with the type erased: a SchemaFunction.
template <class T>
Value schema_of(SchemaBuilder& schemas) {
    return schemas.of<T>();
}

/// A complete JSON Schema of T with all definitions that it needs.
template <class T>
Value json_schema() {
    SchemaBuilder schemas;
    Value schema = schemas.of<T>();
    if (!schemas.definitions().empty()) schema.as_object().set("$defs", schemas.definitions());
    return schema;
}

}  // namespace hiratake
