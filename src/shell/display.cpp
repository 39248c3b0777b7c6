#include "shell/display.hpp"

#include <optional>

#include "hiratake/base/error.hpp"
#include "shell/lua_value.hpp"
#include "shell/value_text.hpp"

namespace hiratake::shell {
namespace {

std::optional<std::string> as_json(lua_State* lua, int index) {
    try {
        return to_text(to_value(lua, index));
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
