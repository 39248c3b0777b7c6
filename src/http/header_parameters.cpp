#include "http/header_parameters.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

// Takes a quoted text off the front. A backslash stands for itself unless a quote or another one follows: some browsers
// send the paths of Windows as they are.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string text;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest.remove_prefix(i + 1);
            return text;
        }
        const bool is_escape = rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\');
        if (is_escape) ++i;
        text += rest[i];
    }
    return std::nullopt;
}

}  // namespace

std::optional<TextFields> header_parameters(std::string_view value) {
    TextFields parameters;
    std::string_view rest = trimmed(value.substr(std::min(value.find(';'), value.size())));
    while (!rest.empty()) {
        if (rest.front() != ';') return std::nullopt;
        rest = trimmed(rest.substr(1));
        if (rest.empty()) break;
        const auto equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos || rest[equals] != '=') return std::nullopt;
        std::string name = to_lower(trimmed(rest.substr(0, equals)));
        rest.remove_prefix(equals + 1);
        std::optional<std::string> text;
        if (!rest.empty() && rest.front() == '"') {
            text = take_quoted(rest);
        } else {
            const auto end = std::min(rest.find(';'), rest.size());
            text = trimmed(rest.substr(0, end));
            rest.remove_prefix(end);
        }
        const bool is_known =
            std::any_of(parameters.begin(), parameters.end(), [&name](const auto& each) { return each.first == name; });
        if (!text || name.empty() || is_known) return std::nullopt;
        parameters.emplace_back(std::move(name), *std::move(text));
        rest = trimmed(rest);
    }
    return parameters;
}

}  // namespace hiratake::http
