#include "http/http_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace hiratake::http {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
    int year = 0;
    std::array<char, 4> month{};
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    int end = 0;
};

bool scan_fixdate(const char* text, Parts& parts) {
    return std::sscanf(text, "%*3[A-Za-z], %2u %3[A-Za-z] %4d %2u:%2u:%2u GMT%n", &parts.day, parts.month.data(),
                       &parts.year, &parts.hour, &parts.minute, &parts.second, &parts.end) == 6;
}

// RFC 850, with two digits for the year: of this century below 70, as POSIX has it.
bool scan_rfc_850(const char* text, Parts& parts) {
    if (std::sscanf(text, "%*9[A-Za-z], %2u-%3[A-Za-z]-%2d %2u:%2u:%2u GMT%n", &parts.day, parts.month.data(),
                    &parts.year, &parts.hour, &parts.minute, &parts.second, &parts.end) != 6) {
        return false;
    }
    parts.year += parts.year < 70 ? 2000 : 1900;
    return true;
}

bool scan_asctime(const char* text, Parts& parts) {
    return std::sscanf(text, "%*3[A-Za-z] %3[A-Za-z] %2u %2u:%2u:%2u %4d%n", parts.month.data(), &parts.day,
                       &parts.hour, &parts.minute, &parts.second, &parts.year, &parts.end) == 6;
}

}  // namespace

std::string http_date(WallTime time) {
    using std::chrono::floor;
    const auto days = floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss clock(floor<std::chrono::seconds>(time - days));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", weekdays[std::chrono::weekday(days).c_encoding()],
                       unsigned{date.day()}, months[unsigned{date.month()} - 1], int{date.year()},
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<WallTime> parse_http_date(std::string_view text) {
    const std::string terminated(text);
    for (const auto scan : {scan_fixdate, scan_rfc_850, scan_asctime}) {
        Parts parts;
        if (!scan(terminated.c_str(), parts) || static_cast<std::size_t>(parts.end) != terminated.size()) continue;
        const auto* month = std::find(months.begin(), months.end(), std::string_view(parts.month.data()));
        if (month == months.end()) return std::nullopt;
        const std::chrono::year_month_day date{std::chrono::year{parts.year},
                                               std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
                                               std::chrono::day{parts.day}};
        // Beyond, the nanoseconds of a WallTime overflow.
        if (parts.year < 1970 || parts.year > 2261) return std::nullopt;
        if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60) return std::nullopt;
        return std::chrono::sys_days{date} + std::chrono::hours{parts.hour} + std::chrono::minutes{parts.minute} +
               std::chrono::seconds{parts.second};
    }
    return std::nullopt;
}

}  // namespace hiratake::http
