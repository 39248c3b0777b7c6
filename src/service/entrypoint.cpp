#include "hiratake/service/entrypoint.hpp"

#include <algorithm>

#include "hiratake/service/backoff.hpp"

namespace hiratake {

Backoff::~Backoff() = default;

bool EntrypointOptions::is_expected(const std::exception_ptr& error) const {
    return std::any_of(expected_.begin(), expected_.end(), [&](const auto& matches) { return matches(error); });
}

bool EntrypointOptions::is_retried(const std::exception_ptr& error) const {
    if (!retry_schedule_) return false;
    if (retried_.empty() || is_a<Backoff>(error)) return true;
    return std::any_of(retried_.begin(), retried_.end(), [&](const auto& matches) { return matches(error); });
}

bool Entrypoint::drain(Deadline) noexcept {
    return true;
}

EntrypointDescription Entrypoint::describe(const std::string&, const Config&) const {
    EntrypointDescription description;
    description.method_name = method_name_;
    description.doc = options_.doc();
    return description;
}

}  // namespace hiratake
