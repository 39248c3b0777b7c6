#include "timer/cron_recurrence.hpp"

#include <algorithm>

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_seconds;

// February 29th on a Sunday comes every 28 years, and every 40 around a year like 2100.
constexpr std::chrono::days longest_wait{41 * 366};

LocalMinutes local(sys_seconds moment, std::chrono::seconds offset) {
    return LocalMinutes{std::chrono::floor<std::chrono::minutes>(moment.time_since_epoch() + offset)};
}

}  // namespace

WallTime CronRecurrence::next_after(WallTime moment, WallTime) const {
    sys_seconds time = std::chrono::floor<std::chrono::minutes>(moment) + 1min;
    const sys_seconds limit = time + longest_wait;
    TimeZone::Period period = zone_.period_at(time);
    TimeZone::Period before = period;
    if (period.begin > sys_seconds::min()) before = zone_.period_at(period.begin - 1s);
    while (true) {
        LocalMinutes from = local(time, period.offset);
        if (is_repeated_time_left_out(before, period)) from = std::max(from, local(period.begin, before.offset));
        const sys_seconds end = std::min(period.end, limit);
        if (const auto match = expression_.next_match(from, local(end, period.offset))) {
            return sys_seconds{match->time_since_epoch()} - period.offset;
        }
        if (end == limit) return never;
        before = period;
        period = zone_.period_at(end);
        if (expression_.next_match(local(end, before.offset), local(end, period.offset))) return end;
        time = end;
    }
}

}  // namespace hiratake::timer
