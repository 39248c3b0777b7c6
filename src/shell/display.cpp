#include "shell/display.hpp"

#include <fmt/core.h>

#include <optional>
#include <string_view>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/payload/value.hpp"
#include "shell/lua_value.hpp"

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

std::optional<std::string> as_json(lua_State* lua, int index) {
    try {
        std::string text;
        append(text, to_value(lua, index));
        return text;
    } catch (const Error&) {
        return std::nullopt;  // a table of functions, say, which tostring() can still name
    }
}

bool is_data(lua_State* lua, int index) {
    switch (lua_type(lua, index)) {
        case LUA_TSTRING:
        case LUA_TLIGHTUSERDATA: return true;
        case LUA_TTABLE:
            if (luaL_getmetafield(lua, index, "__tostring") == LUA_TNIL) return true;
            lua_pop(lua, 1);
            return false;
        default: return false;
    }
}

}  // namespace

std::string display(lua_State* lua, int index) {
    if (is_data(lua, index)) {
        if (std::optional<std::string> json = as_json(lua, index)) return *std::move(json);
    }
    std::size_t length = 0;
    const char* text = luaL_tolstring(lua, index, &length);
    std::string shown{text, length};
    lua_pop(lua, 1);
    return shown;
}

}  // namespace hiratake::shell
