#pragma once

#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/service/metrics.hpp"

namespace hiratake::runner {

/// What Prometheus' client libraries tell of a process on Linux: start time, processor time, resident memory, open
/// descriptors.
/// @param started_at when the process started, near enough
[[nodiscard]] std::vector<Registration> report_process(Metrics& metrics, WallTime started_at);

}  // namespace hiratake::runner
