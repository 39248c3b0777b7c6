#include "service/ordering_key.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "hiratake/payload/json.hpp"
#include "hiratake/payload/signature.hpp"

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
