#include "wire/read_made_safe.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hiratake/payload/json.hpp"

namespace hiratake::wire {
namespace {

std::optional<Value> number_in(const std::string& text) {
    if (text == "nan") return Value{std::numeric_limits<double>::quiet_NaN()};
    if (text == "inf") return Value{std::numeric_limits<double>::infinity()};
    if (text == "-inf") return Value{-std::numeric_limits<double>::infinity()};
    try {
        Value number = parse_json(text);
        switch (number.kind()) {
            case Value::Kind::integer:
            case Value::Kind::big_integer:
            case Value::Kind::real: return number;
            default: return std::nullopt;
        }
    } catch (const JsonError&) {
        return std::nullopt;
    }
}

class Reader {
  public:
    explicit Reader(const Object& definitions) : definitions_(definitions) {}

    /// Nothing where the value is not of the schema's type.
    std::optional<Value> read(const Value& value, const Value& schema) const {
        if (const Value* target = referred_to(schema)) return read(value, *target);
        if (const Value* alternatives = schema.find("anyOf")) return read_first(value, alternatives->as_array());
        const Value* stated = schema.find("type");
        const std::string* type = stated ? stated->get_if<std::string>() : nullptr;
        if (!type) return value;
        if (*type == "object") return read_object(value, schema);
        if (*type == "array") return read_array(value, schema);
        if (const auto* text = value.get_if<std::string>()) return read_text(*text, *type);
        return *type == "string" ? std::nullopt : std::optional{value};
    }

  private:
    const Value* referred_to(const Value& schema) const {
        const Value* reference = schema.find("$ref");
        const std::string* target = reference ? reference->get_if<std::string>() : nullptr;
        return target ? definitions_.find(target->substr(target->rfind('/') + 1)) : nullptr;
    }

    std::optional<Value> read_first(const Value& value, const Array& alternatives) const {
        // A text is null where it says so, and only then something else: "None" is a string, too.
        for (const bool wants_null : {true, false}) {
            for (const Value& alternative : alternatives) {
                const Value* type = alternative.find("type");
                if ((type && *type == Value{"null"}) != wants_null) continue;
                if (auto read_value = read(value, alternative)) return read_value;
            }
        }
        return std::nullopt;
    }

    std::optional<Value> read_object(const Value& value, const Value& schema) const {
        const Object* object = value.get_if<Object>();
        if (!object) return std::nullopt;
        const Value* properties = schema.find("properties");
        const Value* others = schema.find("additionalProperties");
        Object read_members;
        for (const Member& member : *object) {
            const Value* own = properties ? properties->find(member.name) : nullptr;
            if (!own) own = others;
            std::optional<Value> read_value = own ? read(member.value, *own) : std::nullopt;
            read_members.append(member.name, read_value ? *std::move(read_value) : member.value);
        }
        return read_members;
    }

    std::optional<Value> read_array(const Value& value, const Value& schema) const {
        const Array* array = value.get_if<Array>();
        if (!array) return std::nullopt;
        const Value* items = schema.find("items");
        const Value* first = schema.find("prefixItems");
        Array read_elements;
        for (std::size_t i = 0; i < array->size(); ++i) {
            const Array* places = first ? first->get_if<Array>() : nullptr;
            const Value* own = places && i < places->size() ? &(*places)[i] : items;
            std::optional<Value> read_value = own ? read((*array)[i], *own) : std::nullopt;
            read_elements.push_back(read_value ? *std::move(read_value) : (*array)[i]);
        }
        return read_elements;
    }

    static std::optional<Value> read_text(const std::string& text, std::string_view type) {
        if (type == "string") return text;
        if (type == "null") return text == "None" ? std::optional<Value>{Value{}} : std::nullopt;
        if (type == "boolean") {
            if (text == "True") return true;
            return text == "False" ? std::optional<Value>{false} : std::nullopt;
        }
        return number_in(text);
    }

    const Object& definitions_;
};

}  // namespace

Value read_made_safe(Value value, const Value& schema, const Object& definitions) {
    std::optional<Value> read_value = Reader{definitions}.read(value, schema);
    return read_value ? *std::move(read_value) : std::move(value);
}

}  // namespace hiratake::wire
