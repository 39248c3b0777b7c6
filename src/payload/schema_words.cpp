#include "payload/schema_words.hpp"

#include "hiratake/payload/json.hpp"
#include "payload/utf8.hpp"

namespace hiratake::payload {

std::string noun_of_type(std::string_view type) {
    if (type == "null") return "null";
    const bool starts_with_vowel = type == "integer" || type == "array" || type == "object";
    return (starts_with_vowel ? "an " : "a ") + std::string(type);
}

std::string range_of_number(const Value& schema) {
    const Value* type = schema.find("type");
    std::string text = type ? noun_of_type(type->as_string()) : "a number";
    const Value* minimum = schema.find("minimum");
    const Value* maximum = schema.find("maximum");
    if (minimum && maximum) {
        text += " from " + write_json(*minimum) + " to " + write_json(*maximum);
    } else if (minimum) {
        text += " of at least " + write_json(*minimum);
    } else if (maximum) {
        text += " of at most " + write_json(*maximum);
    }
    if (const Value* limit = schema.find("exclusiveMinimum")) text += " above " + write_json(*limit);
    if (const Value* limit = schema.find("exclusiveMaximum")) text += " below " + write_json(*limit);
    if (const Value* factor = schema.find("multipleOf")) text += ", a multiple of " + write_json(*factor);
    return text;
}

std::string count_range(const Value* least, const Value* most) {
    if (!most) return "at least " + write_json(*least);
    if (!least) return "at most " + write_json(*most);
    if (*least == *most) return write_json(*least);
    return write_json(*least) + " to " + write_json(*most);
}

std::string one_of(const Array& choices) {
    std::string text = "one of";
    for (std::size_t i = 0; i < choices.size(); ++i) text += (i == 0 ? " " : ", ") + shown(choices[i]);
    return text;
}

std::string shown(const Value& value) {
    constexpr std::size_t most_bytes = 60;
    if (const auto* text = value.get_if<std::string>()) {
        if (text->size() <= most_bytes) return "'" + *text + "'";
        return "'" + std::string(first_characters(*text, most_bytes)) + "…'";
    }
    if (value.get_if<Array>() || value.get_if<Object>()) return std::string(describe(value.kind()));
    return write_json(value);
}

}  // namespace hiratake::payload
