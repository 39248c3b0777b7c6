#include "runner/environment_substitution.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "hiratake/base/error.hpp"

namespace hiratake::runner {
namespace {

constexpr int max_nesting = 16;

bool is_name_character(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

/// The length of `${NAME` at the start of the text, where a `:` or `}` follows; 0 where there is none.
std::size_t opening_length(std::string_view text) {
    if (!text.starts_with("${")) return 0;
    std::size_t end = 2;
    while (end < text.size() && is_name_character(text[end])) ++end;
    const bool named = end > 2 && end < text.size() && (text[end] == ':' || text[end] == '}');
    return named ? end : 0;
}

/// Where the `}` lies that closes the substitution whose inside starts at `from`; braces in a default count in pairs.
std::size_t closing_brace(std::string_view text, std::size_t from) {
    int depth = 1;
    for (std::size_t at = from; at < text.size(); ++at) {
        if (text[at] == '{') ++depth;
        if (text[at] == '}' && --depth == 0) return at;
    }
    throw ConfigurationError(fmt::format("`{}`: a ${{…}} is not closed; add the missing `}}`", text));
}

std::string substitute(std::string_view text, const EnvironmentLookup& lookup, int nesting) {
    if (nesting > max_nesting)
        throw ConfigurationError("${…} is nested more than 16 levels deep; name the inner value on its own");
    std::string result;
    while (!text.empty()) {
        const std::size_t name_end = opening_length(text);
        if (name_end == 0) {
            result += text.front();
            text.remove_prefix(1);
            continue;
        }
        const std::size_t close = closing_brace(text, name_end);
        const std::optional<std::string> value = lookup(std::string{text.substr(2, name_end - 2)});
        if (value) {
            result += *value;
        } else if (text[name_end] == ':') {
            result += substitute(text.substr(name_end + 1, close - name_end - 1), lookup, nesting + 1);
        }
        text.remove_prefix(close + 1);
    }
    return result;
}

}  // namespace

EnvironmentLookup process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value ? std::optional<std::string>{value} : std::nullopt;
    };
}

std::string substitute_environment(std::string_view text, const EnvironmentLookup& lookup) {
    return substitute(text, lookup, 0);
}

bool has_substitution(std::string_view text) {
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
        if (opening_length(text.substr(at)) != 0) return true;
    }
    return false;
}

}  // namespace hiratake::runner
