#include "hiratake/service/entrypoint_options.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/backoff.hpp"

namespace hiratake {

Backoff::~Backoff() = default;

EntrypointOptions& EntrypointOptions::max_workers(std::size_t workers) {
    if (workers == 0) throw ConfigurationError("max_workers(0): a method needs at least one worker");
    max_workers_ = workers;
    return *this;
}

EntrypointOptions& EntrypointOptions::prefetch(std::size_t messages) {
    if (messages < 1 || messages > most_prefetch) {
        throw ConfigurationError(fmt::format("prefetch({}) is not between 1 and {}", messages, most_prefetch));
    }
    prefetch_ = static_cast<std::uint16_t>(messages);
    return *this;
}

EntrypointOptions& EntrypointOptions::order(std::vector<std::string> paths) {
    ordering_paths_ = std::move(paths);
    return *this;
}

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
