#include "hiratake/payload/typed_value.hpp"

#include <array>
#include <utility>

#include "payload/base64.hpp"

namespace hiratake {
namespace {

std::optional<std::string> dashed_uuid(const Value& inside) {
    const Value* hex = inside.find("hex");
    const std::string* digits = hex ? hex->get_if<std::string>() : nullptr;
    if (!digits || digits->size() != 32) return std::nullopt;
    std::string text = *digits;
    for (const std::size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
    return text;
}

}  // namespace

Value typed_value(std::string_view type, Value value) {
    return Object{{"__type__", type}, {"__value__", std::move(value)}};
}

std::optional<std::string> text_of_typed_value(const Value& value) {
    const Object* wrapper = value.get_if<Object>();
    if (!wrapper || wrapper->size() != 2) return std::nullopt;
    const Value* type_member = wrapper->find("__type__");
    const Value* inside = wrapper->find("__value__");
    const std::string* type = type_member ? type_member->get_if<std::string>() : nullptr;
    if (!type || !inside) return std::nullopt;
    if (*type == "uuid") return dashed_uuid(*inside);
    const std::string* text = inside->get_if<std::string>();
    if (!text) return std::nullopt;
    if (*type == "base64") return payload::decode_base64(*text);
    for (const std::string_view plain : {"datetime", "date", "time", "decimal", "bytes"}) {
        if (*type == plain) return *text;
    }
    return std::nullopt;
}

}  // namespace hiratake
