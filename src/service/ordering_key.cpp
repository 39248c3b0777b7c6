#include "service/ordering_key.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/entrypoint.hpp"

namespace hiratake {
namespace {

/// Null for what is not there.
Value value_at(std::string_view path, const Value& arguments) {
    const Value* value = &arguments;
    while (value && !path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        value = value->find(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return value ? *value : Value{};
}

}  // namespace

std::string ordering_key(const std::vector<std::string>& paths, const Value& arguments) {
    Array values;
    values.reserve(paths.size());
    for (const std::string& path : paths) values.push_back(value_at(path, arguments));
    return write_json(Value{std::move(values)}, JsonStyle::compact);
}

void check_ordering(const std::string& service_name, const Entrypoint& entrypoint,
                    const payload::Signature& signature) {
    const auto& parameters = signature.parameters();
    for (const std::string& path : entrypoint.options().ordering_paths()) {
        const std::string_view name = std::string_view{path}.substr(0, path.find('.'));
        if (std::any_of(parameters.begin(), parameters.end(), [&](const auto& each) { return each.name == name; })) {
            continue;
        }
        throw ConfigurationError(fmt::format("`{}.{}` is ordered by `{}`, and has no parameter `{}`", service_name,
                                             entrypoint.method_name(), path, name));
    }
}

Object arguments_by_name(const payload::Signature& signature, Array positional, Object named) {
    const bool is_struct = signature.form() == payload::Signature::Form::one_struct;
    if (is_struct && positional.size() == 1 && named.empty()) {
        if (auto* whole = positional.front().get_if<Object>()) return std::move(*whole);
    }
    const auto& parameters = signature.parameters();
    for (std::size_t i = 0; i < std::min(positional.size(), parameters.size()); ++i) {
        named.set(parameters[i].name, std::move(positional[i]));
    }
    for (const Parameter& parameter : parameters) {
        if (parameter.default_value && !named.contains(parameter.name)) {
            named.set(parameter.name, *parameter.default_value);
        }
    }
    return named;
}

}  // namespace hiratake
