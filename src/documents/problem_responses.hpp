#pragma once

#include <set>

#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::documents {

/// The errors that the framework answers itself, as OpenAPI shows them: problem documents (RFC 9457), each described
/// once and referred to by the operations.
class ProblemResponses {
  public:
    /// A reference to the response with this status, which must be one of those that describe() knows.
    Value refer_to(int status);
    /// The responses that have been referred to, by name, for `components.responses`.
    Object components(SchemaBuilder& schemas) const;

    /// The schema of a problem document.
    static Value schema(SchemaBuilder& schemas);

  private:
    std::set<int> used_;
};

}  // namespace hiratake::documents
