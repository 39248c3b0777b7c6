#pragma once

#include <lua.hpp>

#include <string>

namespace hiratake::shell {

/// The value at `index` as the shell shows a result: a string in double quotes, a table as JSON (in UTF-8, not
/// escaped), a table that has no JSON form and everything else as Lua's tostring() has it. May run a __tostring
/// metamethod, so call it from within a protected call.
std::string display(lua_State* lua, int index);

}  // namespace hiratake::shell
