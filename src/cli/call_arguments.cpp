#include "cli/call_arguments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake::cli {
namespace {

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool is_name(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

Value json_or_text(std::string_view word) {
    try {
        return parse_json(word);
    } catch (const JsonError&) {
        return std::string{word};  // a word without quotes, as people type them
    }
}

}  // namespace

CallArguments CallArguments::parse(const std::string& target, const std::vector<std::string>& words) {
    CallArguments call;
    const std::size_t dot = target.rfind('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == target.size()) {
        throw ConfigurationError(fmt::format("'{}' is no SERVICE.METHOD, such as mail.send", target));
    }
    call.service = target.substr(0, dot);
    call.method = target.substr(dot + 1);
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (equals == std::string::npos || !is_name(name)) {
            call.args.push_back(json_or_text(word));
            continue;
        }
        if (call.kwargs.contains(name)) throw ConfigurationError(fmt::format("the argument {} is given twice", name));
        call.kwargs.set(name, json_or_text(std::string_view{word}.substr(equals + 1)));
    }
    return call;
}

}  // namespace hiratake::cli
