#pragma once

#include <string_view>

namespace hiratake::shell {

/// The Lua side of `n`, which is easier to read in Lua than as calls of its C interface. A chunk that is called with a
/// table of the primitives `call`, `call_async`, `describe`, `dispatch_event`, `disconnect`, `array`, `map`, `null`,
/// `config` and `help`.
inline constexpr std::string_view object_model = R"lua(
local primitives = ...

-- Written with a colon by mistake, a call has the object before the colon as its first argument.
local function without(receiver, ...)
    if rawequal((...), receiver) then return select(2, ...) end
    return ...
end

local method_metatable = {
    __call = function(self, ...)
        return primitives.call(self.service, self.method, without(self.receiver, ...))
    end,
    __tostring = function(self) return "<method " .. self.service .. "." .. self.method .. ">" end,
}

local function make_method(receiver, service, method)
    local proxy = { receiver = receiver, service = service, method = method }
    function proxy.call_async(...)
        return primitives.call_async(service, method, without(proxy, ...))
    end
    return setmetatable(proxy, method_metatable)
end

local function make_service(service)
    return setmetatable({}, {
        __index = function(self, method) return make_method(self, service, method) end,
        __tostring = function() return "<service " .. service .. ">" end,
    })
end

n = setmetatable({
    rpc = setmetatable({}, {
        __index = function(_, service) return make_service(service) end,
        __tostring = function() return "<every service on the broker: n.rpc.SERVICE.METHOD(…)>" end,
    }),
    describe = primitives.describe,
    dispatch_event = primitives.dispatch_event,
    disconnect = primitives.disconnect,
    array = primitives.array,
    map = primitives.map,
    null = primitives.null,
    config = primitives.config,
}, { __tostring = function() return "<the cluster; help() says what it can do>" end })

help = primitives.help
)lua";

/// What help() prints.
inline constexpr std::string_view help_text =
    R"(n.rpc.SERVICE.METHOD(a, b)               call a method and wait for its result
n.rpc.SERVICE.METHOD{name=a, other=b}    the same with keyword arguments
n.rpc.SERVICE.METHOD.call_async(a, b)    send the call; reply:result() waits for it
n.rpc["a-service"]["a.method"]           names that are no Lua words
n.describe(SERVICE)                      show a service's methods, their parameters, and its events
n.dispatch_event(SERVICE, TYPE, DATA)    send an event in the name of a service
n.config                                 the configuration
n.array{}, n.map{}, n.null               an empty array, a map as one positional argument, a null inside of a table
n.disconnect()                           close the connection
Ctrl-C clears the line or ends a wait; Ctrl-D leaves.
)";

}  // namespace hiratake::shell
