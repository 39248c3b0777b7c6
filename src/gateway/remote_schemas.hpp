#pragma once

#include <string>

#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::gateway {

/// The JSON Schemas by which a service describes its methods, for use among those of this process.
class RemoteSchemas {
  public:
    /// @param definitions what "#/$defs/NAME" in the schemas refers to, by name
    RemoteSchemas(std::string service, Object definitions);

    /// The same schema, with what it refers to defined in `schemas`.
    Value placed(const Value& schema, SchemaBuilder& schemas) const;
    /// The schema itself, or the definition that it refers to.
    const Value& resolved(const Value& schema) const;

    /// Throws ConversionError, which names the keyword, for a schema whose keywords are not of the kinds that JSON
    /// Schema asks for: nobody who reads it later needs to look.
    static void check(const Value& schema);

  private:
    const Value* definition_of(const Value& schema) const;

    std::string service_;
    Object definitions_;
};

}  // namespace hiratake::gateway
