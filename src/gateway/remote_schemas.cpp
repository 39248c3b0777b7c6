#include "gateway/remote_schemas.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "hiratake/payload/conversion_error.hpp"

namespace hiratake::gateway {
namespace {

constexpr std::string_view reference_prefix = "#/$defs/";

using Kind = Value::Kind;

struct Keyword {
    std::string_view name;
    std::string_view expected;
    bool (*fits)(const Value& value);
};

bool is_number(const Value& value) {
    return value.kind() == Kind::integer || value.kind() == Kind::big_integer || value.kind() == Kind::real;
}
template <Kind... kinds>
bool is(const Value& value) {
    return ((value.kind() == kinds) || ...);
}
bool is_list_of_texts(const Value& value) {
    const auto* list = value.get_if<Array>();
    if (!list) return false;
    for (const Value& element : *list) {
        if (!element.get_if<std::string>()) return false;
    }
    return true;
}

constexpr std::array keywords{
    Keyword{"$ref", "a text", &is<Kind::string>},
    Keyword{"type", "a text", &is<Kind::string>},
    Keyword{"anyOf", "an array", &is<Kind::array>},
    Keyword{"enum", "an array", &is<Kind::array>},
    Keyword{"prefixItems", "an array", &is<Kind::array>},
    Keyword{"examples", "an array", &is<Kind::array>},
    Keyword{"required", "an array of texts", &is_list_of_texts},
    Keyword{"properties", "an object", &is<Kind::object>},
    Keyword{"items", "an object", &is<Kind::object>},
    Keyword{"additionalProperties", "an object or a boolean", &is<Kind::object, Kind::boolean>},
    Keyword{"pattern", "a text", &is<Kind::string>},
    Keyword{"description", "a text", &is<Kind::string>},
    Keyword{"minLength", "an integer", &is<Kind::integer>},
    Keyword{"maxLength", "an integer", &is<Kind::integer>},
    Keyword{"minItems", "an integer", &is<Kind::integer>},
    Keyword{"maxItems", "an integer", &is<Kind::integer>},
    Keyword{"minimum", "a number", &is_number},
    Keyword{"maximum", "a number", &is_number},
    Keyword{"exclusiveMinimum", "a number", &is_number},
    Keyword{"exclusiveMaximum", "a number", &is_number},
    Keyword{"multipleOf", "a number", &is_number},
};

// Their values are data, whatever they look like.
bool holds_data(std::string_view keyword) {
    return keyword == "examples" || keyword == "default" || keyword == "enum" || keyword == "const";
}

}  // namespace

RemoteSchemas::RemoteSchemas(std::string service, Object definitions)
    : service_(std::move(service)), definitions_(std::move(definitions)) {
    for (const Member& definition : definitions_) check(definition.value);
}

Value RemoteSchemas::placed(const Value& schema, SchemaBuilder& schemas) const {
    if (const auto* list = schema.get_if<Array>()) {
        Array elements;
        for (const Value& element : *list) elements.push_back(placed(element, schemas));
        return elements;
    }
    const auto* object = schema.get_if<Object>();
    if (!object) return schema;
    Object result;
    for (const Member& keyword : *object) {
        result.append(keyword.name, holds_data(keyword.name) ? keyword.value : placed(keyword.value, schemas));
    }
    if (const Value* definition = definition_of(schema)) {
        const auto& reference = schema.find("$ref")->as_string();
        const auto name = service_ + "::" + reference.substr(reference_prefix.size());
        const Value local = schemas.definition(name, [&] { return placed(*definition, schemas); });
        result.set("$ref", *local.find("$ref"));
    }
    return result;
}

const Value& RemoteSchemas::resolved(const Value& schema) const {
    const Value* definition = definition_of(schema);
    // No reference leads back to itself: ServiceDescription::from_value() has seen to that.
    return definition ? resolved(*definition) : schema;
}

const Value* RemoteSchemas::definition_of(const Value& schema) const {
    const Value* reference = schema.find("$ref");
    const auto* text = reference ? reference->get_if<std::string>() : nullptr;
    return text && text->starts_with(reference_prefix) ? definitions_.find(text->substr(reference_prefix.size()))
                                                       : nullptr;
}

void RemoteSchemas::check(const Value& schema) {
    if (const auto* list = schema.get_if<Array>()) {
        for (const Value& element : *list) check(element);
    }
    const auto* object = schema.get_if<Object>();
    if (!object) return;
    for (const Keyword& keyword : keywords) {
        const Value* value = object->find(keyword.name);
        if (!value || keyword.fits(*value)) continue;
        throw ConversionError(std::string{keyword.name}, std::string{keyword.expected},
                              "got " + std::string{describe(value->kind())});
    }
    for (const Member& member : *object) {
        if (member.name == "properties") {
            // What looks like a keyword below is the name of a property.
            for (const Member& property : member.value.as_object()) check(property.value);
        } else if (!holds_data(member.name)) {
            check(member.value);
        }
    }
}

}  // namespace hiratake::gateway
