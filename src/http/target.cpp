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

bool is_host_character(char c) {
    const bool is_alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_alphanumeric || std::string_view("-._~%!$&'()*+,;=").find(c) != std::string_view::npos;
}

bool is_address_character(char c) {
    return c == ':' || c == '.' || hexadecimal_digit(c) >= 0;
}

// Takes "http://host" from the beginning and returns the host. Nothing for other schemes, and for a host that is none.
std::optional<std::string> take_authority(std::string_view& target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const auto end = std::min(target.find_first_of("/?", scheme.size()), target.size());
        const auto authority = target.substr(scheme.size(), end - scheme.size());
        target.remove_prefix(end);
        if (authority.empty() || !is_host(authority)) return std::nullopt;
        return std::string(authority);
    }
    return std::nullopt;
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

bool is_host(std::string_view text) {
    const bool is_address = text.starts_with('[');
    const auto end = is_address ? text.find(']') : std::min(text.find(':'), text.size());
    if (end == std::string_view::npos) return false;
    const auto name = is_address ? text.substr(1, end - 1) : text.substr(0, end);
    const auto port = text.substr(is_address ? end + 1 : end);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::all_of(name.begin(), name.end(), is_address ? is_address_character : is_host_character) &&
           (port.empty() || (port.front() == ':' && std::all_of(port.begin() + 1, port.end(), is_digit)));
}

std::optional<ParsedTarget> parse_target(std::string_view target) {
    ParsedTarget parsed;
    if (target.find('#') != std::string_view::npos) return std::nullopt;
    if (!target.starts_with('/')) {
        auto authority = take_authority(target);
        if (!authority) return std::nullopt;
        parsed.authority = *std::move(authority);
    }
    const auto path_end = std::min(target.find('?'), target.size());
    auto query = parse_form(target.substr(std::min(path_end + 1, target.size())));
    if (!query) return std::nullopt;
    parsed.query = *std::move(query);
    parsed.path = path_end == 0 ? "/" : std::string(target.substr(0, path_end));
    return parsed;
}

}  // namespace hiratake::http
