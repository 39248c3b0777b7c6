#include "timer/cron_field.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::timer {
namespace {

[[noreturn]] void refuse(const CronField::Rule& rule, std::string_view part, std::string_view reason) {
    throw ConfigurationError(fmt::format("`{}` in the field for the {}: {}", part, rule.name, reason));
}

int number_in(const CronField::Rule& rule, std::string_view part, std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto name = std::find(rule.names.begin(), rule.names.end(), lower);
    if (name != rule.names.end()) return rule.lowest + static_cast<int>(name - rule.names.begin());
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < rule.lowest || number > rule.highest) {
        refuse(rule, part,
               fmt::format("expected a number from {} to {}{}", rule.lowest, rule.highest,
                           rule.names.empty() ? "" : fmt::format(" or a name such as {}", rule.names.front())));
    }
    return number;
}

}  // namespace

CronField::CronField(const Rule& rule, std::string_view text) : begins_with_star_(text.starts_with('*')) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        add(rule, text.substr(begin, end - begin));
        begin = end + 1;
    }
}

void CronField::add(const Rule& rule, std::string_view part) {
    const std::size_t slash = part.find('/');
    const std::string_view range = part.substr(0, slash);
    const std::size_t dash = range.find('-');
    const bool is_single = range != "*" && dash == std::string_view::npos;

    int step = 1;
    if (slash != std::string_view::npos) {
        if (is_single) refuse(rule, part, "a step needs a range, such as */15 or 10-20/5");
        const std::string_view text = part.substr(slash + 1);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
        if (error != std::errc{} || end != text.data() + text.size() || step < 1 || step > rule.highest) {
            refuse(rule, part, fmt::format("expected a step from 1 to {}", rule.highest));
        }
    }
    if (range == "*") return add(rule.lowest, rule.highest, step);
    const int first = number_in(rule, part, range.substr(0, dash));
    if (is_single) return add(first, first, step);
    int last = number_in(rule, part, range.substr(dash + 1));
    // Sunday is the first day of the week, and the last.
    if (last < first && last == 0 && rule.highest == 7) last = 7;
    if (last < first) refuse(rule, part, "a range goes upwards; write two of them, with a comma between");
    add(first, last, step);
}

void CronField::add(int first, int last, int step) {
    for (int number = first; number <= last; number += step) numbers_ |= std::uint64_t{1} << number;
}

}  // namespace hiratake::timer
