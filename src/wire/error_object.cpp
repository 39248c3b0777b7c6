#include "wire/error_object.hpp"

#include <cmath>
#include <utility>

#include "hiratake/payload/json.hpp"

namespace hiratake::wire {
namespace {

std::string python_text(double real) {
    if (std::isnan(real)) return "nan";
    if (std::isinf(real)) return real < 0 ? "-inf" : "inf";
    return write_json(real);
}

// A text as it is; anything else in JSON, so that it can be read at least.
std::string text_member(const Value& object, std::string_view name, const char* otherwise) {
    const Value* member = object.find(name);
    if (!member || member->is_null()) return otherwise;
    const std::string* text = member->get_if<std::string>();
    return text ? *text : write_json(*member);
}

Value origin_on_wire(const ErrorOrigin& origin) {
    return Object{{"service", origin.service},
                  {"method", origin.method},
                  {"exc_type", origin.type},
                  {"exc_path", origin.path},
                  {"value", origin.message}};
}

std::optional<ErrorOrigin> read_origin(const Value* origin) {
    if (!origin || !origin->get_if<Object>()) return std::nullopt;
    return ErrorOrigin{text_member(*origin, "service", ""), text_member(*origin, "method", ""),
                       text_member(*origin, "exc_type", ""), text_member(*origin, "exc_path", ""),
                       text_member(*origin, "value", "")};
}

}  // namespace

Value ErrorObject::to_value() const {
    Object error{{"exc_type", exc_type}, {"exc_path", exc_path}, {"exc_args", exc_args}, {"value", value}};
    if (origin) error.append("origin", origin_on_wire(*origin));
    return error;
}

ErrorObject ErrorObject::from_value(const Value& value) {
    constexpr const char* unknown = "UnknownError";
    if (!value.get_if<Object>()) {
        const std::string* text = value.get_if<std::string>();
        return {unknown, "", {}, text ? *text : write_json(value)};
    }
    const Value* arguments = value.find("exc_args");
    const Array* array = arguments ? arguments->get_if<Array>() : nullptr;
    return {text_member(value, "exc_type", unknown), text_member(value, "exc_path", ""), array ? *array : Array{},
            text_member(value, "value", ""), read_origin(value.find("origin"))};
}

ErrorObject error_object(std::string exc_type, std::string exc_path, std::string text) {
    Array arguments;
    arguments.emplace_back(text);
    return {std::move(exc_type), std::move(exc_path), std::move(arguments), std::move(text)};
}

ErrorObject method_not_found(std::string method) {
    return error_object("MethodNotFound", "nameko.exceptions.MethodNotFound", std::move(method));
}

ErrorObject malformed_request(std::string text) {
    return error_object("MalformedRequest", "nameko.exceptions.MalformedRequest", std::move(text));
}

ErrorObject incorrect_signature(std::string text) {
    return error_object("IncorrectSignature", "nameko.exceptions.IncorrectSignature", std::move(text));
}

ErrorObject unserializable_value(std::string_view description) {
    return {"UnserializableValueError",
            "nameko.exceptions.UnserializableValueError",
            {},
            "Unserializable value: `" + std::string(description) + "`"};
}

Value make_safe(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null: return "None";
        case Value::Kind::boolean: return *value.get_if<bool>() ? "True" : "False";
        case Value::Kind::integer: return std::to_string(*value.get_if<std::int64_t>());
        case Value::Kind::big_integer: return value.get_if<BigInteger>()->digits;
        case Value::Kind::real: return python_text(*value.get_if<double>());
        case Value::Kind::string: return value;
        case Value::Kind::array: {
            Array safe;
            for (const Value& element : *value.get_if<Array>()) safe.push_back(make_safe(element));
            return safe;
        }
        case Value::Kind::object: {
            Object safe;
            for (const Member& member : *value.get_if<Object>()) safe.append(member.name, make_safe(member.value));
            return safe;
        }
    }
    return "None";
}

}  // namespace hiratake::wire
