#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/value.hpp"
#include "hiratake/payload/value_path.hpp"
#include "hiratake/payload/value_problem.hpp"

namespace re2 {
class RE2;
}

namespace hiratake::payload {

/// Holds values against the JSON Schemas (draft 2020-12) that SchemaBuilder makes, and finds everything that is wrong
/// with them at once. Knows the keywords that these schemas use; others are notes for readers. Python's wrapped values
/// (docs/payload.md) are left for the conversion to judge.
class SchemaValidator {
  public:
    /// Beyond so many problems of one value, the rest is not looked for.
    static constexpr std::size_t most_problems = 50;

    /// @param definitions what references refer to, by name
    explicit SchemaValidator(Object definitions);
    ~SchemaValidator();
    SchemaValidator(const SchemaValidator&) = delete;
    SchemaValidator& operator=(const SchemaValidator&) = delete;

    /// Compiles the patterns in a schema that will be checked against. Throws ConfigurationError for a pattern that is
    /// no regular expression.
    void prepare(const Value& schema);
    void check(const Value& schema, const Value& value, const ValuePath& path,
               std::vector<ValueProblem>& problems) const;

  private:
    struct Check;

    Object definitions_;
    std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> patterns_;
};

}  // namespace hiratake::payload
