#pragma once

#include <chrono>
#include <memory>
#include <utility>

#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/timer/timer_options.hpp"

namespace hiratake {
namespace timer {

std::unique_ptr<Entrypoint> make_entrypoint(std::chrono::nanoseconds interval, TimerOptions options, MethodCall method);

}  // namespace timer

/// The part of Service<T> that declares what runs by the clock.
template <class Service, class ServiceClass>
class TimerMethods {
  public:
    /// Has a method without parameters called every `interval`, in each instance of the service. Ticks are due at
    /// start + n × interval, however long the method takes, and never overlap: one that comes due while the method
    /// still runs is missed. An exception is logged, and the timer goes on.
    /// @param interval above zero; ConfigurationError otherwise
    template <auto method>
    EntrypointOptions& every(std::chrono::nanoseconds interval, TimerOptions options = {}) {
        return static_cast<Service&>(*this).add(
            timer::make_entrypoint(interval, options, MethodCall::of<method, ServiceClass>({})));
    }
};

}  // namespace hiratake
