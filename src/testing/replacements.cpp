#include "hiratake/testing/replacements.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "hiratake/base/error.hpp"

namespace hiratake::testing {

void replace_provider(ServiceDefinition& definition, std::string_view service_name, std::size_t offset,
                      std::unique_ptr<DependencyProvider> provider) {
    if (definition.name != service_name) {
        throw ConfigurationError(
            fmt::format("a dependency of `{}` cannot be replaced in the service `{}`", service_name, definition.name));
    }
    for (DependencySlot& slot : definition.dependencies) {
        if (slot.offset != offset) continue;
        slot.provider = std::move(provider);
        return;
    }
    throw ConfigurationError(
        fmt::format("the member to replace in `{}` is no dependency: its type makes no provider", service_name));
}

void restrict_entrypoints(ServiceDefinition& definition, const std::vector<std::string>& method_names) {
    auto& entrypoints = definition.entrypoints;
    for (const std::string& name : method_names) {
        const bool is_known = std::any_of(entrypoints.begin(), entrypoints.end(),
                                          [&name](const auto& each) { return each->method_name() == name; });
        if (!is_known) {
            throw ConfigurationError(fmt::format("service `{}` has no entrypoint `{}`", definition.name, name));
        }
    }
    std::erase_if(entrypoints, [&method_names](const auto& entrypoint) {
        return std::find(method_names.begin(), method_names.end(), entrypoint->method_name()) == method_names.end();
    });
}

}  // namespace hiratake::testing
