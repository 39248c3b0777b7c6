#include "hiratake/rpc/rpc_proxy.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"
#include "hiratake/service/service_container.hpp"
#include "net/parker.hpp"
#include "rpc/call_attempts.hpp"
#include "rpc/reply_listener.hpp"

namespace hiratake {

/// Gives each worker a proxy that calls through the container's reply listener and speaks for that worker.
class RpcProxyProvider final : public DependencyProviderOf<RpcProxy> {
  public:
    explicit RpcProxyProvider(RpcProxy declaration) : declaration_(std::move(declaration)) {}

    void setup(ServiceContainer& container) override {
        if (declaration_.service_.empty()) {
            throw ConfigurationError(
                fmt::format("service `{}` has an RpcProxy that names no service: RpcProxy mail{{\"mail\"}};",
                            container.service_name()));
        }
        caller_ = &container.shared<rpc::ReplyListener>().caller();
    }

    void provide(RpcProxy& member, WorkerContext& context) override {
        member.caller_ = caller_;
        member.context_ = &context;
    }

  private:
    RpcProxy declaration_;
    RpcCaller* caller_ = nullptr;
};

std::unique_ptr<DependencyProvider> RpcProxy::make_provider() const {
    return std::make_unique<RpcProxyProvider>(*this);
}

RpcProxy RpcProxy::with_timeout(Duration timeout) const {
    RpcProxy changed = *this;
    changed.timeout_ = timeout;
    return changed;
}

RpcProxy RpcProxy::throwing(ApplicationErrorTypes exceptions) const {
    RpcProxy changed = *this;
    changed.exceptions_ = exceptions;
    return changed;
}

RpcProxy RpcProxy::idempotent(RetrySchedule schedule) const {
    RpcProxy changed = *this;
    changed.attempts_ = std::move(schedule);
    return changed;
}

RpcRequest RpcProxy::request_without_arguments(std::string_view method) const {
    RpcRequest request;
    request.service = service_;
    request.method = method;
    request.timeout = timeout_;
    request.is_awaited = timeout_.has_value();
    if (context_) {
        request.deadline = context_->deadline();
        request.call_id_stack = context_->call_id_stack();
        request.context_data = context_->data();
    }
    return request;
}

PendingResult RpcProxy::send(RpcRequest&& request) const {
    if (!caller_) {
        throw Error(
            fmt::format("{}.{} called on an RpcProxy that no container has provided; in a test, hand it an RpcCaller",
                        request.service, request.method));
    }
    return caller_->call(std::move(request));
}

Value RpcProxy::send_until_answered(const RpcRequest& request) const {
    const Clock& clock = caller_->clock();
    const auto deadline = Deadline::after(clock.now(), request.timeout.value_or(caller_->timeout()));
    rpc::CallAttempts attempts{*attempts_, deadline.earlier(request.deadline)};
    while (true) {
        RpcRequest attempt = request;
        const TimePoint now = clock.now();
        attempt.timeout = attempts.share(now).left(now);
        try {
            PendingResult pending = send(std::move(attempt));
            return rpc::result_of(pending, exceptions_);
        } catch (const RequestNotSent&) {
            if (!attempts.may_go_on(clock.now(), caller_->chance())) throw;
        } catch (const RpcTimeout&) {
            if (!attempts.may_go_on(clock.now(), caller_->chance())) throw;
        }
        net::Parker{}.park(attempts.next_at(), clock);
    }
}

}  // namespace hiratake
