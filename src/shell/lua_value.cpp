#include "shell/lua_value.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"

namespace hiratake::shell {
namespace {

constexpr int max_depth = 100;
constexpr int slots_for_one_level = 6;

Value to_value(lua_State* lua, int index, int depth);

std::string to_string(lua_State* lua, int index) {
    std::size_t length = 0;
    const char* text = lua_tolstring(lua, index, &length);  // the caller has checked that it is a string
    return {text, length};
}

Array to_array(lua_State* lua, int index, std::size_t size, int depth) {
    Array array;
    array.reserve(size);
    for (std::size_t i = 1; i <= size; ++i) {
        lua_rawgeti(lua, index, static_cast<lua_Integer>(i));
        array.push_back(to_value(lua, -1, depth + 1));
        lua_pop(lua, 1);
    }
    return array;
}

Object to_object(lua_State* lua, int index, int depth) {
    std::vector<Member> members;
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        std::string name = to_string(lua, -2);
        members.push_back({std::move(name), to_value(lua, -1, depth + 1)});
        lua_pop(lua, 1);
    }
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.name < b.name; });
    return Object{std::move(members)};
}

struct Keys {
    std::size_t texts = 0;
    std::size_t positions = 0;  // integers from 1
    std::size_t others = 0;
    lua_Integer highest = 0;
};

Keys count_keys(lua_State* lua, int index) {
    Keys keys;
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        if (lua_type(lua, -2) == LUA_TSTRING) {
            ++keys.texts;
        } else if (lua_isinteger(lua, -2) != 0 && lua_tointeger(lua, -2) > 0) {
            ++keys.positions;
            keys.highest = std::max(keys.highest, lua_tointeger(lua, -2));
        } else {
            ++keys.others;
        }
        lua_pop(lua, 1);
    }
    return keys;
}

Value table_to_value(lua_State* lua, int index, int depth) {
    if (depth >= max_depth || lua_checkstack(lua, slots_for_one_level) == 0) {
        throw Error(fmt::format("a table is nested more than {} levels deep, or contains itself", max_depth));
    }
    const Keys keys = count_keys(lua, index);
    if (keys.others != 0 || (keys.texts != 0 && keys.positions != 0)) {
        throw Error("a table is either an array (keys 1 to n) or a map (text keys); this one mixes them");
    }
    if (keys.positions != static_cast<std::size_t>(keys.highest)) {
        throw Error("an array has no holes; use n.null for an element without a value");
    }
    if (keys.positions != 0 || (keys.texts == 0 && has_mark(lua, index, array_mark))) {
        return to_array(lua, index, keys.positions, depth);
    }
    return to_object(lua, index, depth);
}

Value to_value(lua_State* lua, int index, int depth) {
    index = lua_absindex(lua, index);
    switch (lua_type(lua, index)) {
        case LUA_TNIL: return {};
        case LUA_TBOOLEAN: return lua_toboolean(lua, index) != 0;
        case LUA_TNUMBER:
            if (lua_isinteger(lua, index) != 0) return static_cast<std::int64_t>(lua_tointeger(lua, index));
            return lua_tonumber(lua, index);
        case LUA_TSTRING: return to_string(lua, index);
        case LUA_TTABLE: return table_to_value(lua, index, depth);
        case LUA_TLIGHTUSERDATA:
            if (lua_touserdata(lua, index) == nullptr) return {};
            break;
        default: break;
    }
    throw Error(fmt::format("a {} cannot be sent", luaL_typename(lua, index)));
}

void push_string(lua_State* lua, const std::string& text) {
    lua_pushlstring(lua, text.data(), text.size());
}

void push_inner(lua_State* lua, const Value& value) {
    if (value.is_null()) {
        lua_pushlightuserdata(lua, nullptr);
    } else {
        push_value(lua, value);
    }
}

void push_array(lua_State* lua, const Array& array) {
    lua_createtable(lua, static_cast<int>(std::min<std::size_t>(array.size(), 1U << 20)), 0);
    lua_Integer position = 0;
    for (const Value& element : array) {
        push_inner(lua, element);
        lua_rawseti(lua, -2, ++position);
    }
    mark_table(lua, array_mark);
}

void push_object(lua_State* lua, const Object& object) {
    lua_createtable(lua, 0, static_cast<int>(std::min<std::size_t>(object.size(), 1U << 20)));
    for (const Member& member : object) {
        push_string(lua, member.name);
        push_inner(lua, member.value);
        lua_rawset(lua, -3);
    }
    mark_table(lua, map_mark);
}

}  // namespace

void make_marks(lua_State* lua) {
    luaL_newmetatable(lua, array_mark);
    luaL_newmetatable(lua, map_mark);
    lua_pop(lua, 2);
}

void mark_table(lua_State* lua, const char* mark) {
    luaL_setmetatable(lua, mark);
}

bool has_mark(lua_State* lua, int index, const char* mark) {
    if (lua_getmetatable(lua, index) == 0) return false;
    luaL_getmetatable(lua, mark);
    const bool same = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    return same;
}

Value to_value(lua_State* lua, int index) {
    return to_value(lua, index, 0);
}

void push_value(lua_State* lua, const Value& value) {
    if (lua_checkstack(lua, slots_for_one_level) == 0) throw Error("a result is nested too deep for Lua");
    switch (value.kind()) {
        case Value::Kind::null: return lua_pushnil(lua);
        case Value::Kind::boolean: return lua_pushboolean(lua, value.as_bool() ? 1 : 0);
        case Value::Kind::integer: return lua_pushinteger(lua, value.as_integer());
        case Value::Kind::big_integer: return push_string(lua, value.get_if<BigInteger>()->digits);
        case Value::Kind::real: return lua_pushnumber(lua, value.as_double());
        case Value::Kind::string: return push_string(lua, value.as_string());
        case Value::Kind::array: return push_array(lua, value.as_array());
        case Value::Kind::object: return push_object(lua, value.as_object());
    }
}

}  // namespace hiratake::shell
