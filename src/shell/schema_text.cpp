#include "shell/schema_text.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <limits>
#include <string_view>

#include "shell/value_text.hpp"

namespace hiratake::shell {
namespace {

std::string joined_types(const Array& schemas, std::string_view separator) {
    std::string text;
    for (const Value& schema : schemas) {
        if (!text.empty()) text += separator;
        text += type_text(schema);
    }
    return text;
}

std::string choices(const Array& values) {
    std::string text;
    for (const Value& value : values) {
        if (!text.empty()) text += " | ";
        const auto* choice = value.get_if<std::string>();
        text += choice ? "'" + *choice + "'" : to_text(value);
    }
    return text;
}

std::string array_text(const Value& schema) {
    if (const Value* elements = schema.find("prefixItems")) return "[" + joined_types(elements->as_array(), ", ") + "]";
    const Value* element = schema.find("items");
    return element ? "[" + type_text(*element) + "]" : "array";
}

template <class Integer>
bool are_limits_of(const Value& least, const Value& most) {
    return least == Value{std::numeric_limits<Integer>::min()} && most == Value{std::numeric_limits<Integer>::max()};
}

bool are_limits_of_a_type(const Value* least, const Value* most) {
    return least && most &&
           (are_limits_of<std::int8_t>(*least, *most) || are_limits_of<std::uint8_t>(*least, *most) ||
            are_limits_of<std::int16_t>(*least, *most) || are_limits_of<std::uint16_t>(*least, *most) ||
            are_limits_of<std::int32_t>(*least, *most) || are_limits_of<std::uint32_t>(*least, *most) ||
            are_limits_of<std::int64_t>(*least, *most) || are_limits_of<std::uint64_t>(*least, *most));
}

void add(std::string& text, const std::string& note) {
    if (!text.empty()) text += "; ";
    text += note;
}

void add_range(std::string& text, const Value* least, const Value* most, std::string_view unit) {
    if (least && most) {
        add(text, fmt::format("{} to {}{}", to_text(*least), to_text(*most), unit));
    } else if (least) {
        add(text, fmt::format("at least {}{}", to_text(*least), unit));
    } else if (most) {
        add(text, fmt::format("at most {}{}", to_text(*most), unit));
    }
}

}  // namespace

std::string type_text(const Value& schema) {
    if (const Value* reference = schema.find("$ref")) {
        const std::string& target = reference->as_string();
        return target.substr(target.rfind('/') + 1);
    }
    if (const Value* alternatives = schema.find("anyOf")) return joined_types(alternatives->as_array(), " | ");
    if (const Value* values = schema.find("enum")) return choices(values->as_array());
    const Value* type = schema.find("type");
    if (!type) return "any";
    if (type->as_string() == "array") return array_text(schema);
    if (const Value* members = schema.find("additionalProperties"); members && members->get_if<Object>()) {
        return "{string: " + type_text(*members) + "}";
    }
    const Value* format = schema.find("format");
    return format ? type->as_string() + " (" + format->as_string() + ")" : type->as_string();
}

std::string note_text(const Value& schema) {
    std::string text;
    const Value* least = schema.find("minimum");
    const Value* most = schema.find("maximum");
    if (!are_limits_of_a_type(least, most)) add_range(text, least, most, "");
    if (const Value* limit = schema.find("exclusiveMinimum")) add(text, "above " + to_text(*limit));
    if (const Value* limit = schema.find("exclusiveMaximum")) add(text, "below " + to_text(*limit));
    if (const Value* factor = schema.find("multipleOf")) add(text, "a multiple of " + to_text(*factor));
    add_range(text, schema.find("minLength"), schema.find("maxLength"), " characters");
    if (const Value* pattern = schema.find("pattern")) add(text, "matches " + pattern->as_string());
    add_range(text, schema.find("minItems"), schema.find("maxItems"), " elements");
    if (const Value* description = schema.find("description")) add(text, description->as_string());
    return text;
}

}  // namespace hiratake::shell
