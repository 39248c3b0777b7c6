#include "hiratake/service/entrypoint_options.hpp"

#include <algorithm>

#include "hiratake/service/backoff.hpp"

namespace hiratake {

Backoff::~Backoff() = default;

bool EntrypointOptions::is_expected(const std::exception_ptr& error) const {
    if (std::any_of(expected_.begin(), expected_.end(), [&](const auto& matches) { return matches(error); })) {
        return true;
    }
    if (exceptions_.empty()) return false;
    try {
        std::rethrow_exception(error);
    } catch (const ApplicationError& exception) {
        return exceptions_.find(exception) != nullptr;
    } catch (...) {
        return false;
    }
}

bool EntrypointOptions::is_retried(const std::exception_ptr& error) const {
    if (!retry_schedule_) return false;
    if (retried_.empty() || is_a<Backoff>(error)) return true;
    return std::any_of(retried_.begin(), retried_.end(), [&](const auto& matches) { return matches(error); });
}

}  // namespace hiratake
