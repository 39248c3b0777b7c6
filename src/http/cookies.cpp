#include "http/cookies.hpp"

#include <algorithm>
#include <string_view>

#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

std::string_view without_quotes(std::string_view value) {
    const bool is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return is_quoted ? value.substr(1, value.size() - 2) : value;
}

void add_cookies(std::string_view list, TextFields& cookies) {
    while (!list.empty()) {
        const auto end = std::min(list.find(';'), list.size());
        const auto pair = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        const auto name = trimmed(pair.substr(0, equals));
        if (!name.empty()) cookies.emplace_back(name, without_quotes(trimmed(pair.substr(equals + 1))));
    }
}

}  // namespace

TextFields cookies_of(const Headers& headers) {
    TextFields cookies;
    for (const Header& header : headers) {
        if (equal_ignoring_case(header.name, "Cookie")) add_cookies(header.value, cookies);
    }
    return cookies;
}

}  // namespace hiratake::http
