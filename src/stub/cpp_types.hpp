#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/value.hpp"
#include "stub/identifiers.hpp"

namespace hiratake::stub {

/// An enumeration that a schema's choices became.
struct CppEnum {
    std::string name;
    std::vector<std::string> enumerators;
};

/// Finds the C++ type for each schema of a description. Whatever it cannot say in C++ is a hiratake::Value, Array or
/// Object, which take anything.
class CppTypes {
  public:
    /// @param definitions what references refer to; each gets a name
    explicit CppTypes(const Object& definitions);

    /// @param hint names the enumeration, where the schema is one that has not been met before: "colour"
    std::string type_of(const Value& schema, std::string_view hint);

    /// The type that a definition became.
    const std::string& name_of(const std::string& definition) const { return names_.at(definition); }
    /// A name in the same scope for something that is no definition.
    std::string add_name(std::string_view text) { return scope_.add(text); }
    /// Whether a definition can be a struct: an object whose members have names that C++ can have.
    static bool is_struct(const Value& definition);

    /// In the order of their first use.
    const std::vector<CppEnum>& enums() const { return enums_; }
    /// The enumeration of this name, or null.
    const CppEnum* find_enum(std::string_view name) const;

  private:
    std::string type_of_alternatives(const Array& alternatives, std::string_view hint);
    std::string type_of_array(const Value& schema, std::string_view hint);
    std::string enum_of(const Array& choices, std::string_view hint);

    Scope scope_;
    std::map<std::string, std::string> names_;
    std::vector<CppEnum> enums_;
};

}  // namespace hiratake::stub
