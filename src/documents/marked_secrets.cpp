#include "documents/marked_secrets.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace hiratake::documents {
namespace {

void mark_whole(Object& schema) {
    const Value* type = schema.find("type");
    const bool may_be_text = !type || *type == Value{"string"};
    if (may_be_text && !schema.contains("format")) schema.set("format", "password");
    schema.set("writeOnly", true);
}

void mark_below(Object& schema, const std::string& keyword, const payload::SensitivePaths& sensitive) {
    const Value* known = schema.find(keyword);
    schema.set(keyword, with_marked_secrets(known ? *known : Value{Object{}}, sensitive));
}

void mark_parts(Object& schema, const payload::SensitivePaths& sensitive) {
    const Value* known = schema.find("properties");
    Object properties = known ? known->as_object() : Object{};
    for (const std::string& name : sensitive.first_names()) {
        if (!name.empty()) mark_below(properties, name, sensitive.below(name));
    }
    if (!properties.empty()) schema.set("properties", std::move(properties));
    const auto elements = sensitive.below_elements();
    if (!elements.empty()) mark_below(schema, "items", elements);
}

}  // namespace

Value with_marked_secrets(Value schema, const payload::SensitivePaths& sensitive) {
    auto* keywords = schema.get_if<Object>();
    if (sensitive.empty() || !keywords) return schema;
    const auto paths = sensitive.texts();
    if (std::find(paths.begin(), paths.end(), "") != paths.end()) {
        mark_whole(*keywords);
    } else if (keywords->contains("$ref")) {
        Object marks;
        mark_parts(marks, sensitive);
        return Object{{"allOf", Array{std::move(schema), std::move(marks)}}};
    } else {
        mark_parts(*keywords, sensitive);
    }
    return schema;
}

}  // namespace hiratake::documents
