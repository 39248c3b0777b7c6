#pragma once

#include <lua.hpp>

#include <exception>

#include "shell/lua_error.hpp"

namespace hiratake::shell {

/// A C++ function as one that Lua can call: an exception becomes a Lua error, raised only after the exception and every
/// local object are gone.
template <int (*function)(lua_State*)>
int guarded(lua_State* lua) {
    int results = -1;
    try {
        results = function(lua);
    } catch (const std::exception& error) {
        push_error(lua, error);
    }
    return results >= 0 ? results : lua_error(lua);
}

}  // namespace hiratake::shell
