#include "stub/cpp_literal.hpp"

#include <fmt/core.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "hiratake/payload/json.hpp"
#include "stub/cpp_types.hpp"

namespace hiratake::stub {
namespace {

std::string without_optional(const std::string& type) {
    constexpr std::string_view optional = "std::optional<";
    if (!type.starts_with(optional)) return type;
    return type.substr(optional.size(), type.size() - optional.size() - 1);
}

std::string converted(const Value& value, const std::string& type) {
    return fmt::format("hiratake::from_value<{}>(hiratake::parse_json({}))", type, cpp_string(write_json(value)));
}

}  // namespace

std::string cpp_string(std::string_view text) {
    std::string literal = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            literal += '\\';
            literal += c;
        } else if (byte < 0x20 || byte >= 0x7f) {
            literal += fmt::format("\\{:03o}", byte);
        } else {
            literal += c;
        }
    }
    return literal + "\"";
}

std::string cpp_literal(const Value& value, const std::string& type, const CppTypes& types) {
    const std::string inside = without_optional(type);
    if (value.is_null() && inside != type) return "std::nullopt";
    if (const auto* boolean = value.get_if<bool>(); boolean && inside == "bool") return *boolean ? "true" : "false";
    const auto* integer = value.get_if<std::int64_t>();
    if (integer && inside.ends_with("_t") && *integer != std::numeric_limits<std::int64_t>::min()) {
        return std::to_string(*integer);
    }
    if (const auto* real = value.get_if<double>(); real && inside == "double" && std::isfinite(*real)) {
        return write_json(value);
    }
    if (const auto* text = value.get_if<std::string>()) {
        if (inside == "std::string") return cpp_string(*text);
        if (types.find_enum(inside)) return inside + "::" + *text;
    }
    return converted(value, type);
}

}  // namespace hiratake::stub
