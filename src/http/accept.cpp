#include "http/accept.hpp"

#include <algorithm>

#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

std::string_view next_part(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto part = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

// Of the parameters of a media range: "charset=utf-8;q=0.0".
bool is_weight_zero(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = next_part(parameters, ';');
        if (!equal_ignoring_case(parameter.substr(0, 2), "q=")) continue;
        return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
    }
    return false;
}

enum class Fit { none, any, any_subtype, exact };

Fit fit(std::string_view range, std::string_view media_type) {
    if (equal_ignoring_case(range, media_type)) return Fit::exact;
    if (range == "*/*" || range == "*") return Fit::any;
    const auto slash = media_type.find('/');
    const bool has_type =
        range.ends_with("/*") && equal_ignoring_case(range.substr(0, range.size() - 2), media_type.substr(0, slash));
    return has_type ? Fit::any_subtype : Fit::none;
}

}  // namespace

bool accepts(const Headers& headers, std::string_view media_type) {
    const auto bare_type = next_part(media_type, ';');
    bool says_something = false;
    Fit best = Fit::none;
    bool is_accepted = false;
    for (const Header& header : headers) {
        if (!equal_ignoring_case(header.name, "Accept")) continue;
        std::string_view ranges = header.value;
        while (!ranges.empty()) {
            auto parameters = next_part(ranges, ',');
            const auto range = next_part(parameters, ';');
            if (range.find('/') == std::string_view::npos && range != "*") continue;
            says_something = true;
            const Fit found = fit(range, bare_type);
            if (found <= best) continue;
            best = found;
            is_accepted = !is_weight_zero(parameters);
        }
    }
    return !says_something || is_accepted;
}

}  // namespace hiratake::http
