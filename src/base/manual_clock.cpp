#include "hiratake/base/manual_clock.hpp"

#include <algorithm>

namespace hiratake {

bool ManualClock::observe(ClockObserver& observer) const {
    const std::lock_guard lock{mutex_};
    observers_.push_back(&observer);
    return true;
}

void ManualClock::forget(ClockObserver& observer) const {
    const std::lock_guard lock{mutex_};
    observers_.erase(std::remove(observers_.begin(), observers_.end(), &observer), observers_.end());
}

void ManualClock::advance(Duration by) {
    moved_ns_ += by.count();
    const std::lock_guard lock{mutex_};
    for (ClockObserver* observer : observers_) observer->clock_moved();
}

}  // namespace hiratake
