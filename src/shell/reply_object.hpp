#pragma once

#include <lua.hpp>

#include <memory>
#include <string>

#include "shell/pending_call.hpp"

namespace hiratake::shell {

/// Makes the metatable of reply objects. Once for each state.
void make_reply_metatable(lua_State* lua);

/// A reply object on top of the stack: `:result()` waits for the result, as often as it is asked.
/// @param title what tostring() calls it, such as "compute.compute"
void push_reply(lua_State* lua, std::unique_ptr<PendingCall> call, std::string title);

}  // namespace hiratake::shell
