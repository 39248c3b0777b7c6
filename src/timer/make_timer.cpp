#include <fmt/core.h>

#include <chrono>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/timer/timer_methods.hpp"
#include "timer/cluster_timer_entrypoint.hpp"
#include "timer/cron_recurrence.hpp"
#include "timer/interval_recurrence.hpp"
#include "timer/timer_entrypoint.hpp"

namespace hiratake::timer {
namespace {

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

[[noreturn]] void refuse(const MethodCall& method, std::string_view reason) {
    throw ConfigurationError(fmt::format("the timer of {}: {}", method.signature().method_name(), reason));
}

template <class Options>
TickOptions tick_options(const Options& options, const MethodCall& method) {
    if (options.jitter < Duration::zero()) refuse(method, "the jitter is below zero");
    if (options.max_caught_up < 1)
        refuse(method, "max_caught_up must be above zero; to run no missed ticks, skip them");
    return {.missed_ticks = options.missed_ticks, .max_caught_up = options.max_caught_up, .jitter = options.jitter};
}

std::unique_ptr<Entrypoint> make(TimerPlan plan, bool once_per_cluster, MethodCall method) {
    if (once_per_cluster) return std::make_unique<ClusterTimerEntrypoint>(std::move(plan), std::move(method));
    return std::make_unique<TimerEntrypoint>(std::move(plan), std::move(method));
}

}  // namespace

std::unique_ptr<Entrypoint> make_entrypoint(Duration interval, const TimerOptions& options, MethodCall method) {
    if (interval <= Duration::zero()) {
        refuse(method, fmt::format("its interval is {} s; it must be above zero", seconds(interval)));
    }
    if (options.jitter >= interval) refuse(method, "the jitter must be shorter than the interval");
    TickOptions ticks = tick_options(options, method);
    ticks.eager = options.eager;
    return make({.recurrence = std::make_shared<IntervalRecurrence>(interval),
                 .options = ticks,
                 .pace = Ticker::Pace::monotonic,
                 .description = Object{{"interval_seconds", seconds(interval)}}},
                options.once_per_cluster, std::move(method));
}

std::unique_ptr<Entrypoint> make_cron_entrypoint(const std::string& expression, const CronOptions& options,
                                                 MethodCall method) {
    try {
        auto recurrence = std::make_shared<CronRecurrence>(CronExpression{expression}, TimeZone{options.time_zone});
        if (recurrence->next_after(WallTime{}, WallTime{}) == never)
            throw ConfigurationError("it means no date at all");
        return make({.recurrence = std::move(recurrence),
                     .options = tick_options(options, method),
                     .pace = Ticker::Pace::calendar,
                     .description = Object{{"cron", expression}, {"time_zone", options.time_zone}}},
                    options.once_per_cluster, std::move(method));
    } catch (const ConfigurationError& error) {
        refuse(method, fmt::format("cron expression `{}`: {}", expression, error.what()));
    }
}

}  // namespace hiratake::timer
