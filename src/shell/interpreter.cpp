#include "shell/interpreter.hpp"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "rpc/read_description.hpp"
#include "shell/description_text.hpp"
#include "shell/display.hpp"
#include "shell/guarded.hpp"
#include "shell/interrupted.hpp"
#include "shell/lua_error.hpp"
#include "shell/lua_value.hpp"
#include "shell/object_model.hpp"
#include "shell/reply_object.hpp"

namespace hiratake::shell {
namespace {

constexpr int instructions_between_looks = 10'000;

Interpreter& interpreter_of(lua_State* lua) {
    return **static_cast<Interpreter**>(lua_getextraspace(lua));
}

std::string name_at(lua_State* lua, int index, const char* what) {
    if (lua_type(lua, index) != LUA_TSTRING) {
        throw Error(std::string{what} + " is a text, not a " + luaL_typename(lua, index));
    }
    return lua_tostring(lua, index);
}

/// `local x = 1` as `x = 1`, and `local function f` as `function f`.
std::string_view without_local(std::string_view text) {
    constexpr std::string_view word = "local";
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    const std::string_view rest = text.substr(begin);
    const bool is_local = rest.starts_with(word) && rest.size() > word.size() && rest[word.size()] == ' ';
    const std::string_view after = is_local ? rest.substr(word.size() + 1) : std::string_view{};
    const bool is_definition = after.find('=') != std::string_view::npos || after.starts_with("function ");
    return is_local && is_definition ? after : text;
}

bool is_cut_off(std::string_view message) {
    return message.ends_with("<eof>") || message.ends_with("'<eof>'");
}

}  // namespace

struct Interpreter::Primitives {
    static Cluster& cluster(lua_State* lua) { return interpreter_of(lua).cluster_; }

    /// Of the arguments from the third on: one table with text keys is a keyword call.
    static bool is_keyword_call(lua_State* lua) {
        if (lua_gettop(lua) != 3 || lua_type(lua, 3) != LUA_TTABLE) return false;
        if (has_mark(lua, 3, array_mark) || has_mark(lua, 3, map_mark)) return false;
        lua_pushnil(lua);
        while (lua_next(lua, 3) != 0) {
            lua_pop(lua, 1);
            if (lua_type(lua, -1) == LUA_TSTRING) continue;
            lua_pop(lua, 1);
            return false;
        }
        return true;
    }

    static std::unique_ptr<PendingCall> send(lua_State* lua) {
        const std::string service = name_at(lua, 1, "the name of a service");
        const std::string method = name_at(lua, 2, "the name of a method");
        if (is_keyword_call(lua)) return cluster(lua).call(service, method, {}, to_value(lua, 3).as_object());
        Array args;
        for (int index = 3; index <= lua_gettop(lua); ++index) args.push_back(to_value(lua, index));
        return cluster(lua).call(service, method, std::move(args), {});
    }

    static int call(lua_State* lua) {
        push_value(lua, send(lua)->result());
        return 1;
    }

    static int call_async(lua_State* lua) {
        push_reply(lua, send(lua), std::string{lua_tostring(lua, 1)} + "." + lua_tostring(lua, 2));
        return 1;
    }

    static int describe(lua_State* lua) {
        const std::string service = name_at(lua, 1, "the name of a service");
        const std::string method{ServiceDescription::method_name};
        interpreter_of(lua).output_(to_text(
            rpc::read_description(service, [&] { return cluster(lua).call(service, method, {}, {})->result(); })));
        return 0;
    }

    static int dispatch_event(lua_State* lua) {
        const std::string service = name_at(lua, 1, "the name of a service");
        const std::string type = name_at(lua, 2, "the type of an event");
        cluster(lua).dispatch_event(service, type, lua_gettop(lua) < 3 ? Value{} : to_value(lua, 3));
        return 0;
    }

    static int disconnect(lua_State* lua) {
        cluster(lua).disconnect();
        return 0;
    }

    static int mark(lua_State* lua, const char* mark) {
        if (lua_type(lua, 1) != LUA_TTABLE) throw Error("n.array and n.map take a table, such as n.array{}");
        lua_settop(lua, 1);
        mark_table(lua, mark);
        return 1;
    }
    static int array(lua_State* lua) { return mark(lua, array_mark); }
    static int map(lua_State* lua) { return mark(lua, map_mark); }

    static int help(lua_State* lua) {
        interpreter_of(lua).output_(help_text);
        return 0;
    }

    /// Lua calls this every few instructions.
    static void look_for_interruption(lua_State* lua, lua_Debug*) {
        if (!interpreter_of(lua).interrupted_) return;
        push_error(lua, Interrupted{});
        lua_error(lua);
    }

    static int print(lua_State* lua) {
        const Output& output = interpreter_of(lua).output_;
        const int count = lua_gettop(lua);
        for (int index = 1; index <= count; ++index) {
            std::size_t length = 0;
            const char* text = luaL_tolstring(lua, index, &length);
            if (index > 1) output("\t");
            output({text, length});
            lua_pop(lua, 1);
        }
        output("\n");
        return 0;
    }

    /// Shows the values of an expression. A lone nil is what a method without a result returns: nothing to show.
    static int show(lua_State* lua) {
        const Output& output = interpreter_of(lua).output_;
        const int count = lua_gettop(lua);
        if (count == 0 || (count == 1 && lua_isnil(lua, 1))) return 0;
        for (int index = 1; index <= count; ++index) {
            if (index > 1) output("\t");
            output(display(lua, index));
        }
        output("\n");
        return 0;
    }
};

Interpreter::Interpreter(Cluster& cluster, const Object& config, Output output)
    : cluster_(cluster), output_(std::move(output)) {
    *static_cast<Interpreter**>(lua_getextraspace(lua_.get())) = this;
    make_marks(lua_.get());
    make_error_metatable(lua_.get());
    make_reply_metatable(lua_.get());
    open_cluster(config);
    lua_sethook(lua_.get(), Primitives::look_for_interruption, LUA_MASKCOUNT, instructions_between_looks);
}

void Interpreter::open_cluster(const Object& config) {
    lua_State* lua = lua_.get();
    lua_pushcfunction(lua, guarded<Primitives::print>);
    lua_setglobal(lua, "print");

    if (luaL_loadbufferx(lua, object_model.data(), object_model.size(), "=object_model", "t") != LUA_OK) {
        throw Error("the shell's own Lua code is broken: " + pop_error(lua, false));
    }
    const std::initializer_list<std::pair<const char*, lua_CFunction>> functions = {
        {"call", guarded<Primitives::call>},
        {"call_async", guarded<Primitives::call_async>},
        {"describe", guarded<Primitives::describe>},
        {"dispatch_event", guarded<Primitives::dispatch_event>},
        {"disconnect", guarded<Primitives::disconnect>},
        {"array", guarded<Primitives::array>},
        {"map", guarded<Primitives::map>},
        {"help", guarded<Primitives::help>},
    };
    lua_newtable(lua);
    for (const auto& [name, function] : functions) {
        lua_pushcfunction(lua, function);
        lua_setfield(lua, -2, name);
    }
    lua_pushlightuserdata(lua, nullptr);
    lua_setfield(lua, -2, "null");
    push_value(lua, config);
    lua_setfield(lua, -2, "config");
    if (lua_pcall(lua, 1, 0, 0) != LUA_OK) {
        throw Error("the shell's own Lua code is broken: " + pop_error(lua, false));
    }
}

bool Interpreter::load(std::string_view text, Outcome& outcome) {
    lua_State* lua = lua_.get();
    const std::string expression = "return " + std::string{text};
    if (luaL_loadbufferx(lua, expression.data(), expression.size(), "=input", "t") == LUA_OK) return true;
    const bool expression_is_cut_off = is_cut_off(lua_tostring(lua, -1));
    lua_pop(lua, 1);

    const std::string_view statements = without_local(text);
    if (luaL_loadbufferx(lua, statements.data(), statements.size(), "=input", "t") == LUA_OK) return true;
    const bool more_is_needed = expression_is_cut_off || is_cut_off(lua_tostring(lua, -1));
    const bool is_one_line = text.find('\n') == std::string_view::npos;
    outcome = {more_is_needed ? Status::incomplete : Status::failed, pop_error(lua, is_one_line)};
    return false;
}

Interpreter::Outcome Interpreter::evaluate(std::string_view text) {
    lua_State* lua = lua_.get();
    interrupted_ = false;
    lua_settop(lua, 0);
    Outcome outcome;
    if (!load(text, outcome)) return outcome;

    int status = lua_pcall(lua, 0, LUA_MULTRET, 0);
    if (status == LUA_OK) {
        lua_pushcfunction(lua, guarded<Primitives::show>);
        lua_insert(lua, 1);
        status = lua_pcall(lua, lua_gettop(lua) - 1, 0, 0);
    }
    if (status != LUA_OK) {
        const bool is_one_line = text.find('\n') == std::string_view::npos;
        outcome = {Status::failed, pop_error(lua, is_one_line)};
    }
    return outcome;
}

void Interpreter::interrupt() {
    interrupted_ = true;
    cluster_.interrupt();
}

}  // namespace hiratake::shell
