#include "http/target.hpp"

#include <algorithm>
#include <utility>

#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

int hexadecimal_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> form_decoded(std::string_view text) {
    std::string with_spaces(text);
    std::replace(with_spaces.begin(), with_spaces.end(), '+', ' ');
    return percent_decoded(with_spaces);
}

// "http://host/path" becomes "/path"; other texts stay as they are.
std::string_view without_authority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const auto path = target.find_first_of("/?", scheme.size());
        return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    return target;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hexadecimal_digit(text[i + 1]);
        const int low = hexadecimal_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        const int byte = high * 16 + low;
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return std::nullopt;
        decoded += static_cast<char>(byte);
        i += 2;
    }
    return decoded;
}

std::optional<TextFields> parse_form(std::string_view text) {
    TextFields fields;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) continue;
        const auto equals = std::min(field.find('='), field.size());
        auto name = form_decoded(field.substr(0, equals));
        auto value = form_decoded(field.substr(std::min(equals + 1, field.size())));
        if (!name || !value) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::optional<ParsedTarget> parse_target(std::string_view target) {
    const auto local = without_authority(target);
    if (local.empty() || (local.front() != '/' && local.front() != '?')) return std::nullopt;
    const auto path_end = std::min(local.find('?'), local.size());
    auto query = parse_form(local.substr(std::min(path_end + 1, local.size())));
    if (!query) return std::nullopt;
    const auto path = local.substr(0, path_end);
    return ParsedTarget{path.empty() ? "/" : std::string(path), std::move(*query)};
}

}  // namespace hiratake::http
