#include "shell/lua_error.hpp"

#include <algorithm>
#include <string_view>

#include "hiratake/base/error.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "shell/interrupted.hpp"

namespace hiratake::shell {
namespace {

constexpr const char* error_mark = "hiratake.error";

/// The name people look for. Empty for errors that need none before their text.
std::string_view kind_of(const std::exception& error) {
    if (dynamic_cast<const RemoteError*>(&error) != nullptr) return "RemoteError";
    if (dynamic_cast<const UnknownService*>(&error) != nullptr) return "UnknownService";
    if (dynamic_cast<const MethodNotFound*>(&error) != nullptr) return "MethodNotFound";
    if (dynamic_cast<const IncorrectSignature*>(&error) != nullptr) return "IncorrectSignature";
    if (dynamic_cast<const MalformedRequest*>(&error) != nullptr) return "MalformedRequest";
    if (dynamic_cast<const MalformedReply*>(&error) != nullptr) return "MalformedReply";
    if (dynamic_cast<const RequestNotSent*>(&error) != nullptr) return "RequestNotSent";
    if (dynamic_cast<const RpcTimeout*>(&error) != nullptr) return "RpcTimeout";
    if (dynamic_cast<const Interrupted*>(&error) != nullptr) return "";
    return "Error";
}

std::string message_of(const std::exception& error) {
    const auto* remote = dynamic_cast<const RemoteError*>(&error);
    if (remote == nullptr) return error.what();
    return remote->message().empty() ? remote->type() : remote->type() + ": " + remote->message();
}

std::string in_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

void set_field(lua_State* lua, const char* name, std::string_view value) {
    lua_pushlstring(lua, value.data(), value.size());
    lua_setfield(lua, -2, name);  // on a table without a metatable yet: raises nothing
}

int error_to_string(lua_State* lua) {
    lua_getfield(lua, 1, "text");
    return 1;
}

/// Lua says `input:3: …`, as the chunk is called "=input".
std::string without_position(const std::string& message, bool is_one_line) {
    constexpr std::string_view chunk = "input:";
    if (!message.starts_with(chunk)) return message;
    const std::size_t colon = message.find(": ", chunk.size());
    if (colon == std::string::npos) return message;
    const std::string text = message.substr(colon + 2);
    return is_one_line ? text : "line " + message.substr(chunk.size(), colon - chunk.size()) + ": " + text;
}

}  // namespace

void make_error_metatable(lua_State* lua) {
    luaL_newmetatable(lua, error_mark);
    lua_pushcfunction(lua, error_to_string);
    lua_setfield(lua, -2, "__tostring");
    lua_pop(lua, 1);
}

void push_error(lua_State* lua, const std::exception& error) {
    lua_createtable(lua, 0, 4);
    set_field(lua, "kind", kind_of(error));
    set_field(lua, "message", error.what());
    set_field(lua, "text", describe(error));
    if (const auto* remote = dynamic_cast<const RemoteError*>(&error)) {
        set_field(lua, "message", remote->message());
        set_field(lua, "type", remote->type());
    }
    luaL_setmetatable(lua, error_mark);
}

std::string pop_error(lua_State* lua, bool is_one_line) {
    std::string line;
    if (lua_type(lua, -1) == LUA_TSTRING) {
        line = without_position(lua_tostring(lua, -1), is_one_line);
    } else if (lua_type(lua, -1) == LUA_TTABLE && lua_getmetatable(lua, -1) != 0) {
        lua_pop(lua, 1);
        lua_pushliteral(lua, "text");
        lua_rawget(lua, -2);
        if (const char* text = lua_tostring(lua, -1)) line = text;
        lua_pop(lua, 1);
    }
    if (line.empty()) line = std::string{"an error that is a "} + luaL_typename(lua, -1);
    lua_pop(lua, 1);
    return in_one_line(std::move(line));
}

std::string describe(const std::exception& error) {
    const std::string_view kind = kind_of(error);
    const std::string message = message_of(error);
    return in_one_line(kind.empty() ? message : std::string{kind} + ": " + message);
}

}  // namespace hiratake::shell
