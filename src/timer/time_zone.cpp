#include "timer/time_zone.hpp"

#include <date/tz.h>
#include <fmt/core.h>

#include "hiratake/base/error.hpp"

namespace hiratake::timer {

TimeZone::TimeZone(const std::string& name) {
    if (name == "UTC") return;
    try {
        zone_ = date::locate_zone(name);
    } catch (const std::runtime_error&) {
        throw ConfigurationError(fmt::format(
            "there is no time zone `{}` on this machine; expected UTC or a name such as Europe/Berlin, of those that "
            "Debian's package tzdata brings",
            name));
    }
}

TimeZone::Period TimeZone::period_at(std::chrono::sys_seconds moment) const {
    using std::chrono::sys_seconds;
    if (!zone_) return {sys_seconds::min(), sys_seconds::max(), std::chrono::seconds::zero()};
    const date::sys_info info = zone_->get_info(moment);
    return {info.begin, info.end, info.offset};
}

}  // namespace hiratake::timer
