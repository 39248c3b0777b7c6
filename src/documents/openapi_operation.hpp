#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "documents/problem_responses.hpp"
#include "documents/security.hpp"
#include "hiratake/payload/parameter.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/sensitive_paths.hpp"
#include "hiratake/service/entrypoint_description.hpp"

namespace hiratake::documents {

/// One route as an Operation Object (OpenAPI 3.1, section 4.8.10).
class OpenApiOperation {
  public:
    /// All of them outlive this.
    OpenApiOperation(const std::string& service_name, const EntrypointDescription& route, const Security& security,
                     SchemaBuilder& schemas, ProblemResponses& problems);

    Object object(std::string operation_id);

  private:
    /// Where the argument for a parameter is: "path", "query", "header", "cookie", "body_member", "body", "raw_body",
    /// "form" or "file".
    std::string source_of(const std::string& parameter_name) const;
    std::string name_in_request(const std::string& parameter_name) const;
    bool is_required(const Parameter& parameter) const;
    const Value* argument_detail(const std::string& parameter_name, std::string_view name) const;
    const Value* detail(std::string_view name) const { return route_.details.find(name); }
    std::string text_detail(std::string_view name) const;

    Array tags() const;
    Array parameters();
    Value parameter(const Parameter& parameter, std::string place);
    Object request_body();
    /// The arguments that come from one of these sources as an object's schema; null when there are none.
    Value object_schema(const std::set<std::string>& sources);
    Value whole_struct_schema();
    Object responses();
    Object success();
    void add_own_responses(Object& responses);
    void add_exceptions(Object& responses);
    Object refusal(std::int64_t status, const std::vector<const DocumentedException*>& exceptions);
    void add_problems(Object& responses);

    const std::string& service_name_;
    const EntrypointDescription& route_;
    /// Of the route.
    Array security_;
    payload::SensitivePaths sensitive_;
    SchemaBuilder& schemas_;
    ProblemResponses& problems_;
    std::string method_;
    std::string path_;
    bool has_body_ = false;
};

}  // namespace hiratake::documents
