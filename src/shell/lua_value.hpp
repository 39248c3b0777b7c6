#pragma once

#include <lua.hpp>

#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake::shell {

/// Names of the metatables that mark a table as an array or a map even when it is empty. Results carry them.
inline constexpr const char* array_mark = "hiratake.array";
inline constexpr const char* map_mark = "hiratake.map";

/// Makes the two metatables. Once for each state.
void make_marks(lua_State* lua);
/// Sets the mark on the table at the top of the stack.
void mark_table(lua_State* lua, const char* mark);
bool has_mark(lua_State* lua, int index, const char* mark);

/// The Lua value as ours. nil and n.null become null; integers and floats keep their kind; a table with the keys 1..n
/// is an array, one with text keys an object with its names sorted, an empty one an object unless it is marked. Throws
/// Error for what has no such form: functions, mixed keys, holes, more than 100 levels. Runs no Lua code.
Value to_value(lua_State* lua, int index);

/// Our value as Lua's, on top of the stack. Null becomes n.null inside of a table and nil outside; a big integer
/// becomes its digits as a string.
void push_value(lua_State* lua, const Value& value);

}  // namespace hiratake::shell
