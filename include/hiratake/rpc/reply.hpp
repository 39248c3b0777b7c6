#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "hiratake/base/unique_function.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/application_error_types.hpp"

namespace hiratake {

namespace rpc {
class PendingReply;
}

/// The reply of a call under way, its result not yet given a type. Dropping it means nobody waits: the call goes on,
/// and should it fail, the failure is logged.
class PendingResult {
  public:
    // Shared between this handle and the reply book, whichever lives longer.
    explicit PendingResult(std::shared_ptr<rpc::PendingReply> reply);
    PendingResult(PendingResult&&) noexcept;
    PendingResult& operator=(PendingResult&&) noexcept;
    ~PendingResult();

    /// Waits for the reply, at most until the call's deadline. May be called again, with the same outcome. One thread
    /// at a time; not on the I/O thread, which brings the reply, unless there is nothing to wait for. Throws
    /// UnknownService, MethodNotFound, IncorrectSignature, MalformedRequest or RemoteError as the peer answered,
    /// RpcTimeout when no reply came in time, RequestNotSent when the request could not be handed to the broker, and
    /// MalformedReply when the reply makes no sense.
    Value result();

    /// Waits as result() does, and returns the result as JSON when the reply has one and is written as Nameko writes
    /// it; the text may turn out to be none, and goes with this object. Nothing: ask result(), which says why.
    std::optional<std::string_view> json_result();

    /// Whether result() would return or throw at once.
    bool ready() const;

    /// Has `then` called when the reply, or an error in its place, is there: within this call when it is there already,
    /// otherwise on the thread that brings it, mostly the I/O thread. `then` must not wait and must not throw. That the
    /// deadline passes is no such moment: whoever does not wait in result() sets a timer of his own, and learns of
    /// RpcTimeout from result() then. Once for each call; not together with another thread's result().
    void when_ready(UniqueFunction<void()> then);

  private:
    std::shared_ptr<rpc::PendingReply> reply_;
};

namespace rpc {

/// What pending.result() returns. A RemoteError that stands for one of these exceptions is thrown as that, unless its
/// details are not what the exception has.
Value result_of(PendingResult& pending, ApplicationErrorTypes exceptions);

/// The value in the type that the caller asked for. Throws MalformedReply when it does not fit.
template <class Result>
Result result_as(Value value) {
    if constexpr (!std::is_void_v<Result>) {
        try {
            return from_value<Result>(std::move(value));
        } catch (const ConversionError& error) {
            throw MalformedReply(std::string{"the result is not of the type asked for: "} + error.what());
        }
    }
}

/// result_of() in the type that the caller asked for, and straight into it where that can be.
template <class Result>
Result result_as(PendingResult& pending, ApplicationErrorTypes exceptions) {
    const std::optional<std::string_view> json = pending.json_result();
    if constexpr (std::is_void_v<Result>) {
        if (json == "null") return;
    } else if constexpr (payload::MadeBeforeRead<Result>) {
        constexpr std::size_t depth_in_reply = 1;
        Result result{};
        if (json && payload::read_json_text(*json, result, depth_in_reply)) return result;
    }
    return result_as<Result>(result_of(pending, exceptions));
}

}  // namespace rpc

/// The reply of a call under way, as RpcProxy::call_async returns it.
template <class Result>
class Reply {
  public:
    /// @param exceptions of the application, which result() throws as what they are
    explicit Reply(PendingResult pending, ApplicationErrorTypes exceptions = {})
        : pending_(std::move(pending)), exceptions_(exceptions) {}

    /// As PendingResult::result(), with the result converted to its type; MalformedReply when it does not fit.
    Result result() { return rpc::result_as<Result>(pending_, exceptions_); }
    bool ready() const { return pending_.ready(); }

  private:
    PendingResult pending_;
    ApplicationErrorTypes exceptions_;
};

}  // namespace hiratake
