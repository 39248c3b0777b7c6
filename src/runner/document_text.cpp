#include "runner/document_text.hpp"

#include <fmt/core.h>

#include "documents/asyncapi.hpp"
#include "documents/openapi.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake::runner {

std::string openapi_text(const std::vector<ServiceFactory>& services, const Config& config,
                         const std::string& service_name) {
    std::vector<ServiceDefinition> candidates;
    std::string names;
    for (const ServiceFactory make : services) {
        ServiceDefinition service = make();
        if (!documents::has_routes(service, config)) continue;
        names += (names.empty() ? "" : ", ") + service.name;
        if (service_name.empty() || service.name == service_name) candidates.push_back(std::move(service));
    }
    if (names.empty()) throw ConfigurationError("no service of this program has HTTP routes");
    if (candidates.empty()) {
        throw ConfigurationError(
            fmt::format("no service `{}` has HTTP routes here; these have: {}", service_name, names));
    }
    if (candidates.size() > 1) {
        throw ConfigurationError(
            fmt::format("several services have HTTP routes: choose one with --service: {}", names));
    }
    return write_json(documents::openapi_document(candidates.front(), config), JsonStyle::indented);
}

std::string asyncapi_text(const std::vector<ServiceFactory>& services, const Config& config) {
    std::vector<ServiceDefinition> definitions;
    definitions.reserve(services.size());
    std::vector<const ServiceDefinition*> all;
    for (const ServiceFactory make : services) all.push_back(&definitions.emplace_back(make()));
    return write_json(documents::asyncapi_document(all, config), JsonStyle::indented);
}

}  // namespace hiratake::runner
