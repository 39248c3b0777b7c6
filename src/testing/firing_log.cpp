#include "testing/firing_log.hpp"

#include <utility>

namespace hiratake::testing {

void FiringLog::add(Firing firing) {
    const std::lock_guard lock{mutex_};
    firings_.push_back(std::move(firing));
    added_.notify_all();
}

std::size_t FiringLog::size() const {
    const std::lock_guard lock{mutex_};
    return firings_.size();
}

std::vector<Firing> FiringLog::since(std::size_t begin) const {
    const std::lock_guard lock{mutex_};
    return {firings_.begin() + static_cast<std::ptrdiff_t>(begin), firings_.end()};
}

bool FiringLog::wait_beyond(std::size_t size, Duration limit) const {
    std::unique_lock lock{mutex_};
    return added_.wait_for(lock, limit, [&] { return firings_.size() > size; });
}

}  // namespace hiratake::testing
