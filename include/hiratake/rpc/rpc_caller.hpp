#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "hiratake/base/call_id_stack.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/payload/parameter.hpp"
#include "hiratake/rpc/reply.hpp"

namespace hiratake {

/// A call without a time limit.
inline constexpr Duration no_timeout = Duration::max();

/// One call of a method of a service, before it is put on the wire.
struct RpcRequest {
    std::string service;
    std::string method;
    Array args;
    Object kwargs;
    /// How long the reply may take; the configured `rpc_timeout` where it is not set.
    std::optional<Duration> timeout;
    /// The caller's own deadline: the reply may take no longer than until then, either.
    Deadline deadline = {};
    /// Tell the service until when the reply is awaited, so that it refuses the call after that. For a caller that
    /// waits: nobody may miss a call that is refused.
    bool is_awaited = false;
    /// The caller's own call-id stack and context data, which travel along.
    CallIdStack call_id_stack;
    Object context_data;
};

namespace rpc {

template <class Argument>
void add_argument(RpcRequest& request, Argument&& argument) {
    if constexpr (std::is_same_v<std::remove_cvref_t<Argument>, Parameter>) {
        request.kwargs.set(argument.name, argument.default_value.value_or(Value{}));
    } else {
        request.args.push_back(to_value(std::forward<Argument>(argument)));
    }
}

}  // namespace rpc

/// Whatever can make a remote call: the broker connection, or a fake in a test.
class RpcCaller {
  public:
    virtual ~RpcCaller() = default;

    /// Sends the request and returns without waiting for anything; what goes wrong comes out of the result. From any
    /// thread. Throws RequestNotSent when too many calls are under way, and JsonError for arguments that have no JSON
    /// form.
    virtual PendingResult call(RpcRequest request) = 0;

    /// How long the reply of a request may take that does not say.
    virtual Duration timeout() const { return std::chrono::seconds{30}; }

    /// The clock that its timeouts, and the pauses between attempts, go by; that of the machine unless overridden.
    virtual const Clock& clock() const;
    /// From 0 to 1, for jitter.
    virtual double chance() { return 0.5; }
};

}  // namespace hiratake
