#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/timer/timer_options.hpp"

namespace hiratake {
namespace timer {

std::unique_ptr<Entrypoint> make_entrypoint(std::chrono::nanoseconds interval, const TimerOptions& options,
                                            MethodCall method);
std::unique_ptr<Entrypoint> make_cron_entrypoint(const std::string& expression, const CronOptions& options,
                                                 MethodCall method);

}  // namespace timer

/// The part of Service<T> that declares what runs by the clock. A method without parameters is called on a worker; its
/// ticks never overlap. An exception is logged, and the timer goes on. See docs/timers.md.
template <class Service, class ServiceClass>
class TimerMethods {
  public:
    /// Has a method called every `interval`, in each instance of the service. Ticks are due at start + n × interval,
    /// however long the method takes; with once_per_cluster at 1970-01-01 UTC + n × interval.
    /// @param interval above zero; ConfigurationError otherwise, and for options that contradict it or each other
    template <auto method>
    EntrypointOptions& every(std::chrono::nanoseconds interval, const TimerOptions& options = {}) {
        return static_cast<Service&>(*this).add(
            timer::make_entrypoint(interval, options, MethodCall::of<method, ServiceClass>({})));
    }
    /// Has a method called by the calendar, in each instance of the service.
    /// @param expression five fields as in crontab(5), "30 9 * * mon-fri", or "@hourly", "@daily", "@weekly",
    /// "@monthly", "@yearly". ConfigurationError for one that cannot be understood or means no date at all, and for a
    /// time zone that this machine does not know.
    template <auto method>
    EntrypointOptions& cron(const std::string& expression, const CronOptions& options = {}) {
        return static_cast<Service&>(*this).add(
            timer::make_cron_entrypoint(expression, options, MethodCall::of<method, ServiceClass>({})));
    }
};

}  // namespace hiratake
