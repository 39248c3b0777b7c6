#include "service/worker_metrics.hpp"

namespace hiratake {

WorkerMetrics::WorkerMetrics(Metrics& metrics, const ServiceDefinition& definition) {
    for (const auto& entrypoint : definition.entrypoints) {
        const auto counter = [&](const char* outcome) {
            return &metrics.counter(
                "hiratake_worker_calls_total", "Calls of service methods that have ended.",
                {{"service", definition.name}, {"method", entrypoint->method_name()}, {"outcome", outcome}});
        };
        methods_[entrypoint.get()] = {
            counter("success"), counter("expected_error"), counter("error"),
            &metrics.histogram("hiratake_worker_duration_seconds", "How long service methods ran.",
                               {{"service", definition.name}, {"method", entrypoint->method_name()}})};
    }
}

void WorkerMetrics::record(const Entrypoint& entrypoint, const std::exception_ptr& error, Duration duration) const {
    const auto found = methods_.find(&entrypoint);
    if (found == methods_.end()) return;
    const Method& method = found->second;
    Counter* outcome = !error                                    ? method.succeeded
                       : entrypoint.options().is_expected(error) ? method.failed_as_expected
                                                                 : method.failed;
    outcome->increment();
    method.duration->observe(duration);
}

}  // namespace hiratake
