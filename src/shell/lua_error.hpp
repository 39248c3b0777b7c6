#pragma once

#include <lua.hpp>

#include <exception>
#include <string>

namespace hiratake::shell {

/// Makes the metatable of error objects. Once for each state.
void make_error_metatable(lua_State* lua);

/// The exception as a Lua error object, on top of the stack: a table with `kind` ("RemoteError", "UnknownService",
/// "Error", …), `message` and, for a remote error, `type`. tostring() of it is its one readable line.
void push_error(lua_State* lua, const std::exception& error);

/// The error object at the top of the stack, popped, as one readable line without a trace. Where Lua itself complains
/// about a line of a longer input, the line's number stands before it.
std::string pop_error(lua_State* lua, bool is_one_line);

/// The exception in one line: "RemoteError: ValueError: bad".
std::string describe(const std::exception& error);

}  // namespace hiratake::shell
