#include "hiratake/payload/fields.hpp"

#include "hiratake/base/error.hpp"
#include "hiratake/payload/schema_builder.hpp"

namespace hiratake {

DescribedField& Fields::operator[](std::string name) {
    for (auto& [known, field] : fields_) {
        if (known == name) return field;
    }
    return fields_.emplace_back(std::move(name), DescribedField{}).second;
}

void Fields::add_to(Object& schema, std::string_view type_name, SchemaBuilder& schemas) const {
    if (!doc_.empty()) schema.set("description", doc_);
    Object& properties = schema.find("properties")->as_object();
    for (const auto& [name, field] : fields_) {
        Value* property = properties.find(name);
        if (!property) {
            throw ConfigurationError(std::string(type_name) + " describes a field '" + name +
                                     "' that it does not have");
        }
        for (const Member& keyword : field.keywords()) property->as_object().set(keyword.name, keyword.value);
        if (field.has_rules()) schemas.note_rules();
    }
}

}  // namespace hiratake
