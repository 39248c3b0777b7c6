#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "hiratake/base/method_name.hpp"
#include "hiratake/payload/method_traits.hpp"
#include "hiratake/rpc/proxy_holder.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"

namespace hiratake {

/// A dependency: a client of a service whose class is known here, its calls checked by the compiler.
///
///     hiratake::Proxy<Mail> mail;
///     mail.call<&Mail::send>(to, subject, text);                      // waits for the reply
///     auto reply = mail.call_async<&Mail::send>(to, subject, text);   // returns at once; reply.result() waits
///
/// A call takes one argument for each parameter of the method, defaults included, and returns what the method returns.
/// The class needs to be declared only; its methods may be defined in another program. Whether the method is exposed,
/// the compiler cannot know: MethodNotFound is thrown where it is not. What the class names as its `exceptions` is
/// thrown as what it is. As for the rest, this is an RpcProxy.
template <class ServiceClass>
class Proxy {
    template <auto method>
    using TraitsOf = payload::MethodTraits<decltype(method)>;
    template <auto method>
    using ResultOf = std::decay_t<typename TraitsOf<method>::Result>;

  public:
    Proxy() = default;
    /// @param timeout how long a reply may take; the configured `rpc_timeout` where it is not given, no_timeout for
    /// none
    explicit Proxy(Duration timeout) { proxy_ = proxy_.with_timeout(timeout); }
    /// Ready for use, for programs and tests that have a caller of their own (a ClusterClient), which must outlive it.
    explicit Proxy(RpcCaller& caller)
        : proxy_(RpcProxy{ServiceClass::name, caller}.throwing(exceptions_of<ServiceClass>())) {}

    /// Calls the method and waits for its result. What it throws is listed at PendingResult::result().
    template <auto method, class... Arguments>
    ResultOf<method> call(Arguments&&... arguments) const {
        check<method, Arguments...>();
        return send<method, true>(std::type_identity<typename TraitsOf<method>::Declared>{},
                                  std::forward<Arguments>(arguments)...);
    }

    /// Calls the method and returns at once. Dropping the reply is fire and forget: a failure is then logged.
    template <auto method, class... Arguments>
    Reply<ResultOf<method>> call_async(Arguments&&... arguments) const {
        check<method, Arguments...>();
        return send<method, false>(std::type_identity<typename TraitsOf<method>::Declared>{},
                                   std::forward<Arguments>(arguments)...);
    }

    /// The same proxy with another timeout.
    Proxy with_timeout(Duration timeout) const {
        Proxy changed = *this;
        changed.proxy_ = proxy_.with_timeout(timeout);
        return changed;
    }

    /// As RpcProxy::idempotent().
    Proxy idempotent(RetrySchedule schedule = {std::chrono::milliseconds{100}, std::chrono::milliseconds{500}}) const {
        Proxy changed = *this;
        changed.proxy_ = proxy_.idempotent(std::move(schedule));
        return changed;
    }

    RpcProxy& proxy() { return proxy_; }
    std::unique_ptr<DependencyProvider> make_provider() const {
        return std::make_unique<rpc::ProxyHolderProvider<Proxy>>(proxy_);
    }

  private:
    template <auto method, class... Arguments>
    static constexpr void check() {
        static_assert(std::is_base_of_v<typename TraitsOf<method>::Object, ServiceClass>,
                      "the method belongs to another service class than the proxy");
        static_assert(sizeof...(Arguments) == TraitsOf<method>::arity,
                      "a typed call takes one argument for each parameter of the method");
    }

    template <auto method, bool waits, class... Declared, class... Arguments>
    auto send(std::type_identity<std::tuple<Declared...>>, Arguments&&... arguments) const {
        static_assert((std::is_convertible_v<Arguments, std::decay_t<Declared>> && ...),
                      "an argument is not of the type that the method takes");
        static_assert(
            ((!std::is_floating_point_v<std::decay_t<Arguments>> || !std::is_integral_v<std::decay_t<Declared>>)&&...),
            "a floating-point argument would lose its fraction in an integer parameter");
        if constexpr (waits) {
            return proxy_.call<ResultOf<method>>(
                method_name<method>(), static_cast<std::decay_t<Declared>>(std::forward<Arguments>(arguments))...);
        } else {
            return proxy_.call_async<ResultOf<method>>(
                method_name<method>(), static_cast<std::decay_t<Declared>>(std::forward<Arguments>(arguments))...);
        }
    }

    RpcProxy proxy_ = RpcProxy{ServiceClass::name}.throwing(exceptions_of<ServiceClass>());
};

}  // namespace hiratake
