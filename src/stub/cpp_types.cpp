#include "stub/cpp_types.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <utility>

namespace hiratake::stub {
namespace {

constexpr const char* anything = "hiratake::Value";
constexpr std::size_t most_fields = 32;  // that reflection reads

template <class Integer>
bool has_limits_of(const Value& schema) {
    const Value* least = schema.find("minimum");
    const Value* most = schema.find("maximum");
    return least && most && *least == Value{std::numeric_limits<Integer>::min()} &&
           *most == Value{std::numeric_limits<Integer>::max()};
}

std::string integer_type(const Value& schema) {
    if (has_limits_of<std::int8_t>(schema)) return "std::int8_t";
    if (has_limits_of<std::uint8_t>(schema)) return "std::uint8_t";
    if (has_limits_of<std::int16_t>(schema)) return "std::int16_t";
    if (has_limits_of<std::uint16_t>(schema)) return "std::uint16_t";
    if (has_limits_of<std::int32_t>(schema)) return "std::int32_t";
    if (has_limits_of<std::uint32_t>(schema)) return "std::uint32_t";
    if (has_limits_of<std::uint64_t>(schema)) return "std::uint64_t";
    return "std::int64_t";
}

std::string string_type(const Value& schema) {
    const Value* format = schema.find("format");
    if (format && *format == Value{"date-time"}) return "hiratake::WallTime";
    if (format && *format == Value{"date"}) return "std::chrono::year_month_day";
    return "std::string";
}

bool is_null(const Value& schema) {
    const Value* type = schema.find("type");
    return type && *type == Value{"null"};
}

bool is_wrapped_bytes(const Value& schema) {
    const Value* properties = schema.find("properties");
    return properties && properties->find("__type__");
}

bool are_enumerators(const Array& choices) {
    return !choices.empty() && std::all_of(choices.begin(), choices.end(), [](const Value& choice) {
        const auto* text = choice.get_if<std::string>();
        return text && is_cpp_name(*text);
    });
}

std::string joined(const std::vector<std::string>& types) {
    std::string text;
    for (const std::string& type : types) text += (text.empty() ? "" : ", ") + type;
    return text;
}

}  // namespace

CppTypes::CppTypes(const Object& definitions) : scope_(&is_cpp_name, {"Client"}) {
    for (const Member& definition : definitions) names_.emplace(definition.name, scope_.add(definition.name));
}

bool CppTypes::is_struct(const Value& definition) {
    const Value* properties = definition.find("properties");
    if (!properties || !properties->get_if<Object>()) return false;
    const Object& fields = properties->as_object();
    return !fields.empty() && fields.size() <= most_fields &&
           std::all_of(fields.begin(), fields.end(), [](const Member& field) { return is_cpp_name(field.name); });
}

const CppEnum* CppTypes::find_enum(std::string_view name) const {
    const auto found =
        std::find_if(enums_.begin(), enums_.end(), [name](const CppEnum& each) { return each.name == name; });
    return found == enums_.end() ? nullptr : &*found;
}

std::string CppTypes::type_of(const Value& schema, std::string_view hint) {
    if (const Value* reference = schema.find("$ref")) {
        const std::string& target = reference->as_string();
        return name_of(target.substr(target.rfind('/') + 1));
    }
    if (const Value* alternatives = schema.find("anyOf")) return type_of_alternatives(alternatives->as_array(), hint);
    if (const Value* choices = schema.find("enum"); choices && are_enumerators(choices->as_array())) {
        return enum_of(choices->as_array(), hint);
    }
    const Value* stated = schema.find("type");
    const std::string type = stated ? stated->as_string() : "";
    if (type == "boolean") return "bool";
    if (type == "integer") return integer_type(schema);
    if (type == "number") return "double";
    if (type == "string") return string_type(schema);
    if (type == "array") return type_of_array(schema, hint);
    if (type != "object") return anything;
    const Value* members = schema.find("additionalProperties");
    if (!members || !members->get_if<Object>()) return "hiratake::Object";
    return fmt::format("std::map<std::string, {}>", type_of(*members, hint));
}

std::string CppTypes::type_of_alternatives(const Array& alternatives, std::string_view hint) {
    std::vector<std::string> types;
    bool may_be_null = false;
    for (const Value& alternative : alternatives) {
        if (is_wrapped_bytes(alternative)) return "std::vector<std::byte>";
        may_be_null = may_be_null || is_null(alternative);
        if (!is_null(alternative)) types.push_back(type_of(alternative, hint));
    }
    if (types.empty()) return anything;
    if (std::set<std::string>(types.begin(), types.end()).size() != types.size()) return anything;
    const std::string type = types.size() == 1 ? types.front() : fmt::format("std::variant<{}>", joined(types));
    return may_be_null ? fmt::format("std::optional<{}>", type) : type;
}

std::string CppTypes::type_of_array(const Value& schema, std::string_view hint) {
    if (const Value* elements = schema.find("prefixItems")) {
        std::vector<std::string> types;
        for (const Value& element : elements->as_array()) types.push_back(type_of(element, hint));
        return fmt::format("std::tuple<{}>", joined(types));
    }
    const Value* element = schema.find("items");
    return element ? fmt::format("std::vector<{}>", type_of(*element, hint)) : "hiratake::Array";
}

std::string CppTypes::enum_of(const Array& choices, std::string_view hint) {
    std::vector<std::string> enumerators;
    for (const Value& choice : choices) enumerators.push_back(choice.as_string());
    const auto known = std::find_if(enums_.begin(), enums_.end(),
                                    [&](const CppEnum& each) { return each.enumerators == enumerators; });
    if (known != enums_.end()) return known->name;
    enums_.push_back({scope_.add(capitalised(hint)), std::move(enumerators)});
    return enums_.back().name;
}

}  // namespace hiratake::stub
