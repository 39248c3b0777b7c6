#include "shell/value_text.hpp"

#include <fmt/core.h>

#include <string_view>

#include "hiratake/payload/json.hpp"

namespace hiratake::shell {
namespace {

/// Quoted as in JSON, but for characters beyond ASCII, which people would rather read.
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    out += '"';
}

void append(std::string& out, const Value& value) {
    std::string_view separator;
    if (const auto* text = value.get_if<std::string>()) {
        append_quoted(out, *text);
    } else if (const auto* array = value.get_if<Array>()) {
        out += '[';
        for (const Value& element : *array) {
            out += separator;
            append(out, element);
            separator = ", ";
        }
        out += ']';
    } else if (const auto* object = value.get_if<Object>()) {
        out += '{';
        for (const Member& member : *object) {
            out += separator;
            append_quoted(out, member.name);
            out += ": ";
            append(out, member.value);
            separator = ", ";
        }
        out += '}';
    } else {
        append_json(out, value);
    }
}

}  // namespace

std::string to_text(const Value& value) {
    std::string text;
    append(text, value);
    return text;
}

}  // namespace hiratake::shell
