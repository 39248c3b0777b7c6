#include "shell/reply_object.hpp"

#include <memory>
#include <new>
#include <utility>

#include "hiratake/base/error.hpp"
#include "shell/guarded.hpp"
#include "shell/lua_value.hpp"

namespace hiratake::shell {
namespace {

constexpr const char* reply_mark = "hiratake.reply";

struct ReplyObject {
    std::unique_ptr<PendingCall> call;
    std::string title;
};

ReplyObject& reply_at(lua_State* lua, int index) {
    auto* reply = static_cast<ReplyObject*>(luaL_testudata(lua, index, reply_mark));
    if (reply == nullptr) throw Error("this is not a reply; write reply:result(), with a colon");
    return *reply;
}

int result(lua_State* lua) {
    push_value(lua, reply_at(lua, 1).call->result());
    return 1;
}

int reply_to_text(lua_State* lua) {
    const std::string text = "<reply of " + reply_at(lua, 1).title + ">";
    lua_pushlstring(lua, text.data(), text.size());
    return 1;
}

int collect(lua_State* lua) {
    std::destroy_at(&reply_at(lua, 1));
    lua_pushnil(lua);
    lua_setmetatable(lua, 1);
    return 0;
}

void set_function(lua_State* lua, const char* name, lua_CFunction function) {
    lua_pushcfunction(lua, function);
    lua_setfield(lua, -2, name);
}

}  // namespace

void make_reply_metatable(lua_State* lua) {
    luaL_newmetatable(lua, reply_mark);
    set_function(lua, "result", guarded<result>);
    set_function(lua, "__tostring", guarded<reply_to_text>);
    set_function(lua, "__gc", guarded<collect>);
    lua_pushvalue(lua, -1);
    lua_setfield(lua, -2, "__index");
    lua_pop(lua, 1);
}

void push_reply(lua_State* lua, std::unique_ptr<PendingCall> call, std::string title) {
    void* memory = lua_newuserdatauv(lua, sizeof(ReplyObject), 0);
    new (memory) ReplyObject{std::move(call), std::move(title)};
    luaL_setmetatable(lua, reply_mark);
}

}  // namespace hiratake::shell
