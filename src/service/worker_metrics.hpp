#pragma once

#include <unordered_map>

#include "hiratake/base/clock.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake {

/// Counts the workers of one service by method and outcome, and measures them.
class WorkerMetrics {
  public:
    WorkerMetrics(Metrics& metrics, const ServiceDefinition& definition);

    /// @param error null for a method that returned
    void record(const Entrypoint& entrypoint, const std::exception_ptr& error, Duration duration) const;

  private:
    struct Method {
        Counter* succeeded = nullptr;
        Counter* failed_as_expected = nullptr;
        Counter* failed = nullptr;
        DurationHistogram* duration = nullptr;
    };

    std::unordered_map<const Entrypoint*, Method> methods_;
};

}  // namespace hiratake
