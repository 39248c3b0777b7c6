#include "shell/lua_state.hpp"

#include <new>

namespace hiratake::shell {

LuaState::LuaState() : state_(luaL_newstate()) {
    if (state_ == nullptr) throw std::bad_alloc();
    luaL_openlibs(state_);
}

}  // namespace hiratake::shell
