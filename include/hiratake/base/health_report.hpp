#pragma once

#include <string>

namespace hiratake {

enum class HealthState {
    ready,      ///< It does its work.
    not_ready,  ///< Not at the moment; it will again by itself.
    failed,     ///< It will not mend by itself: the process should be started anew.
};

/// What one part of a process says of itself, for health checks.
struct HealthReport {
    HealthState state = HealthState::ready;
    /// In a word or two: "consuming", "restoring".
    std::string status;
    /// Why, where there is more to say. Visible to whoever can ask for the health: no secrets.
    std::string detail = {};
};

}  // namespace hiratake
