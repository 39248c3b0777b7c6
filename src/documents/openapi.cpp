#include "documents/openapi.hpp"

#include <set>
#include <string>
#include <utility>

#include "documents/openapi_operation.hpp"
#include "documents/problem_responses.hpp"
#include "documents/schema_text.hpp"
#include "documents/security.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::documents {
namespace {

constexpr std::string_view unversioned = "0.0.0";

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

// A method behind several routes lends its name to the first alone.
std::string unique_id(std::set<std::string>& taken, const std::string& method_name, const std::string& http_method) {
    std::string id = method_name;
    for (int n = 1; !taken.insert(id).second; ++n) {
        id = method_name + "_" + lower(http_method) + (n == 1 ? "" : std::to_string(n));
    }
    return id;
}

Object info(const ServiceDefinition& service) {
    Object object{{"title", service.name}};
    if (!service.doc.empty()) object.set("description", service.doc);
    object.set("version", service.version.empty() ? std::string(unversioned) : service.version);
    return object;
}

void collect_tags(const Object& operation, Array& tags, std::set<std::string>& known) {
    for (const Value& tag : operation.find("tags")->as_array()) {
        if (known.insert(tag.as_string()).second) tags.emplace_back(Object{{"name", tag}});
    }
}

}  // namespace

Object openapi_document(const ServiceDefinition& service, const Config& config) {
    SchemaBuilder schemas("#/components/schemas/");
    ProblemResponses problems;
    const Security security(service, config);
    Object paths;
    Array tags;
    std::set<std::string> known_tags;
    std::set<std::string> ids;
    for (const auto& entrypoint : service.entrypoints) {
        const auto description = entrypoint->describe(service.name, config);
        if (description.kind != "http") continue;
        const std::string& http_method = description.details.find("method")->as_string();
        const std::string& path = description.details.find("path")->as_string();
        OpenApiOperation operation(service.name, description, security, schemas, problems);
        Object object = operation.object(unique_id(ids, description.method_name, http_method));
        collect_tags(object, tags, known_tags);
        Value* item = paths.find(path);
        if (!item) item = &paths.append(path, Object{});
        item->as_object().set(lower(http_method), std::move(object));
    }
    Object components{{"responses", problems.components(schemas)}};
    components.set("schemas", with_named_ranges(schemas.definitions()));
    if (!security.schemes().empty()) components.set("securitySchemes", security.schemes());
    return {{"openapi", "3.1.0"},      {"info", info(service)},     {"servers", Array{Object{{"url", "/"}}}},
            {"tags", std::move(tags)}, {"paths", std::move(paths)}, {"components", std::move(components)}};
}

bool has_routes(const ServiceDefinition& service, const Config& config) {
    for (const auto& entrypoint : service.entrypoints) {
        if (entrypoint->describe(service.name, config).kind == "http") return true;
    }
    return false;
}

}  // namespace hiratake::documents
