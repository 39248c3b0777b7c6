#include "hiratake/service/health.hpp"

#include <algorithm>

namespace hiratake {

Registration Health::add(std::string name, Check check) {
    const std::lock_guard lock{mutex_};
    const auto id = ++last_id_;
    checks_.emplace(id, std::pair{std::move(name), std::move(check)});
    return Registration{[this, id] {
        const std::lock_guard removing{mutex_};
        checks_.erase(id);
    }};
}

void Health::begin_to_stop() {
    const std::lock_guard lock{mutex_};
    is_stopping_ = true;
}

Health::Summary Health::summary() const {
    const std::lock_guard lock{mutex_};
    Summary summary;
    summary.parts.reserve(checks_.size());
    for (const auto& [id, named] : checks_) {
        summary.parts.push_back({named.first, named.second()});
        summary.state = std::max(summary.state, summary.parts.back().report.state);
    }
    if (is_stopping_) summary.state = HealthState::not_ready;
    return summary;
}

}  // namespace hiratake
