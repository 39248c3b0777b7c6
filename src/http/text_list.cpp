#include "http/text_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "hiratake/base/error.hpp"
#include "http/ascii.hpp"

namespace hiratake::http {

std::vector<std::string> read_text_list(const Config& config, std::string_view key) {
    const Value* value = config.find(key);
    if (!value || value->is_null()) return {};
    if (const auto* text = value->get_if<std::string>()) return {*text};
    std::vector<std::string> texts;
    const auto* list = value->get_if<Array>();
    const auto is_text = [](const Value& item) { return item.get_if<std::string>() != nullptr; };
    if (!list || !std::all_of(list->begin(), list->end(), is_text)) {
        throw ConfigurationError(fmt::format("configuration: `{}` must be a text or a list of texts", key));
    }
    for (const Value& item : *list) texts.push_back(*item.get_if<std::string>());
    return texts;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> members;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const auto member = trimmed(text.substr(0, end));
        if (!member.empty()) members.emplace_back(member);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return members;
}

bool lists(const Headers& headers, std::string_view name, std::string_view token) {
    for (const auto& header : headers) {
        if (!equal_ignoring_case(header.name, name)) continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            if (equal_ignoring_case(trimmed(rest.substr(0, comma)), token)) return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

}  // namespace hiratake::http
