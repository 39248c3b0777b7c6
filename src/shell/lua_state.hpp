#pragma once

#include <lua.hpp>

namespace hiratake::shell {

/// Owns a Lua interpreter with its standard libraries.
///
/// Lua is C and reports its errors with longjmp, which skips destructors. So the code here calls Lua's raising
/// functions (luaL_check…, lua_error, anything that may run a metamethod) only where no C++ object needs one; C++
/// exceptions in turn end in guarded(). What is left, an out-of-memory error of Lua's, would leak and no more.
class LuaState {
  public:
    /// @throws std::bad_alloc
    LuaState();
    ~LuaState() { lua_close(state_); }
    LuaState(const LuaState&) = delete;
    LuaState& operator=(const LuaState&) = delete;

    lua_State* get() const { return state_; }

  private:
    lua_State* state_;
};

}  // namespace hiratake::shell
