#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hiratake/payload/schema_keywords.hpp"

namespace hiratake {

class SchemaBuilder;

/// A field of a struct, in Fields.
class DescribedField : public SchemaKeywords<DescribedField> {
  public:
    DescribedField() = default;
};

/// What a struct says of its fields beyond their types, for the documentation and to be checked on receipt, wherever
/// the struct is a parameter or part of one:
///
///     struct Order {
///         std::string product;
///         int count;
///         static void describe(hiratake::Fields& fields) {
///             fields["product"].doc("Its number in the catalogue").pattern("^[A-Z]{2}-[0-9]+$");
///             fields["count"].minimum(1).maximum(100);
///         }
///     };
class Fields {
  public:
    /// A sentence on the struct itself.
    Fields& doc(std::string text) {
        doc_ = std::move(text);
        return *this;
    }
    /// @param name of a field of the struct; making the schema throws ConfigurationError when there is none
    DescribedField& operator[](std::string name);

    /// Puts it all into the struct's schema, whose `properties` are complete.
    void add_to(Object& schema, std::string_view type_name, SchemaBuilder& schemas) const;

  private:
    std::string doc_;
    std::vector<std::pair<std::string, DescribedField>> fields_;
};

/// A struct that describes its fields.
template <class T>
concept DescribesFields = requires(Fields& fields) {
    T::describe(fields);
};

}  // namespace hiratake
