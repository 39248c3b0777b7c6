#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/health_report.hpp"
#include "hiratake/service/registration.hpp"

namespace hiratake {

/// Where the parts of a process tell how they are: the broker connection, each consumer, each pool of workers, and
/// whatever an extension adds. Knows none of them. Safe from any thread.
class Health {
  public:
    /// Called each time somebody asks, on any thread: it must be quick, must not wait, and must not use the Health.
    using Check = std::function<HealthReport()>;

    struct Part {
        std::string name;
        HealthReport report;
    };
    struct Summary {
        /// The worst of the parts. While the process stops, not_ready.
        HealthState state = HealthState::ready;
        std::vector<Part> parts;
    };

    /// @param name tells the part from all others of the process: "consumer rpc-mail"
    Registration add(std::string name, Check check);
    /// The process is about to end: not ready from now on, whatever the parts say, and not failed either.
    void begin_to_stop();

    /// Asks every part, in the order in which they were added.
    Summary summary() const;

  private:
    mutable std::mutex mutex_;
    bool is_stopping_ = false;
    std::uint64_t last_id_ = 0;
    std::map<std::uint64_t, std::pair<std::string, Check>> checks_;
};

}  // namespace hiratake
