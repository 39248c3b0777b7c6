#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/service/dependency_provider.hpp"
#include "hiratake/service/retry_schedule.hpp"

namespace hiratake {

/// A dependency: a client of another service. Its calls carry the worker's call-id stack and context data.
///
///     hiratake::RpcProxy mail{"mail"};
///     mail.call<void>("send", to, subject, text);          // waits for the reply
///     auto reply = mail.call_async<long>("count", to);     // returns at once; reply.result() waits
///     mail.call<long>("count", hiratake::arg("to", to));   // a keyword argument
///
/// Used by the worker it was given to, on its thread. A member of a service object that no container has made throws
/// Error when it is called. (Nameko: rpc.RpcProxy; unlike there, every call has a timeout.)
class RpcProxy {
  public:
    RpcProxy() = default;
    /// @param timeout how long a reply may take; the configured `rpc_timeout` (30 s unless set) where it is not given,
    ///        no_timeout for none
    explicit RpcProxy(std::string service, std::optional<Duration> timeout = std::nullopt)
        : service_(std::move(service)), timeout_(timeout) {}
    /// A proxy that is ready for use, for programs and tests that have a caller of their own, which must outlive it.
    RpcProxy(std::string service, RpcCaller& caller) : service_(std::move(service)), caller_(&caller) {}

    /// Calls the method and waits for its result. What it throws is listed at PendingResult::result(). The service is
    /// told until when, and refuses the call after that: DeadlineExceeded.
    template <class Result = Value, class... Arguments>
    Result call(std::string_view method, Arguments&&... arguments) const {
        RpcRequest request = request_for(method, std::forward<Arguments>(arguments)...);
        request.is_awaited = true;
        if (attempts_ && caller_) return rpc::result_as<Result>(send_until_answered(request));
        PendingResult pending = send(std::move(request));
        return rpc::result_as<Result>(pending, exceptions_);
    }

    /// Calls the method and returns at once. Dropping the reply is fire and forget: a failure is then logged. So the
    /// service is told how long the reply may take only where this proxy has a timeout of its own.
    template <class Result = Value, class... Arguments>
    Reply<Result> call_async(std::string_view method, Arguments&&... arguments) const {
        return Reply<Result>{send(request_for(method, std::forward<Arguments>(arguments)...)), exceptions_};
    }

    /// The same proxy with another timeout.
    RpcProxy with_timeout(Duration timeout) const;

    /// The same proxy for a service that throws these exceptions of the application: a call that ends with one of them
    /// throws it as what it is, in place of RemoteError. Instead of those named before.
    ///
    ///     hiratake::RpcProxy bank = hiratake::RpcProxy{"bank"}.throwing(hiratake::exceptions<InsufficientFunds>);
    RpcProxy throwing(ApplicationErrorTypes exceptions) const;

    /// The same proxy for methods that do no harm when they run twice. call() then makes further attempts, after the
    /// delays of the schedule, when the request was not sent or no reply came. Its timeout is for all attempts, in even
    /// shares of what is left. call_async() makes one attempt.
    RpcProxy idempotent(RetrySchedule schedule = {std::chrono::milliseconds{100},
                                                  std::chrono::milliseconds{500}}) const;

    const std::string& service() const { return service_; }
    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class RpcProxyProvider;

    template <class... Arguments>
    RpcRequest request_for(std::string_view method, Arguments&&... arguments) const {
        RpcRequest request = request_without_arguments(method);
        request.args.reserve(sizeof...(arguments));
        (rpc::add_argument(request, std::forward<Arguments>(arguments)), ...);
        return request;
    }
    RpcRequest request_without_arguments(std::string_view method) const;
    PendingResult send(RpcRequest&& request) const;
    Value send_until_answered(const RpcRequest& request) const;

    std::string service_;
    std::optional<Duration> timeout_;
    std::optional<RetrySchedule> attempts_;
    ApplicationErrorTypes exceptions_;
    RpcCaller* caller_ = nullptr;
    const WorkerContext* context_ = nullptr;
};

}  // namespace hiratake
