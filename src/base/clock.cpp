#include "hiratake/base/clock.hpp"

namespace hiratake {

TimePoint SystemClock::now() const {
    return std::chrono::steady_clock::now();
}

WallTime SystemClock::wall_time() const {
    return std::chrono::system_clock::now();
}

}  // namespace hiratake
