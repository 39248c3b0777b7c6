#include "documents/security.hpp"

#include "hiratake/service/config.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::documents {

Security::Security(const ServiceDefinition& service, const Config& config) {
    for (const DependencySlot& dependency : service.dependencies) {
        const auto description = dependency.provider->describe(service.name, config);
        if (description.kind != "http_authentication") continue;
        schemes_.set(description.details.find("name")->as_string(), *description.details.find("scheme"));
        const Value* paths = description.details.find("public_paths");
        if (!paths) continue;
        for (const Value& path : paths->as_array()) public_paths_.insert(path.as_string());
    }
}

Array Security::requirements(const EntrypointDescription& route) const {
    Array alternatives;
    if (route.details.contains("public") || public_paths_.contains(route.details.find("path")->as_string())) {
        return alternatives;
    }
    for (const Member& scheme : schemes_) alternatives.emplace_back(Object{{scheme.name, Array{}}});
    return alternatives;
}

}  // namespace hiratake::documents
