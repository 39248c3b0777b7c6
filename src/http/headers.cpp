#include "hiratake/http/headers.hpp"

#include <algorithm>

#include "hiratake/base/error.hpp"
#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_field_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_text_character);
}

}  // namespace

Headers::Headers(std::initializer_list<Header> headers) {
    for (const auto& header : headers) add(header.name, header.value);
}

const std::string* Headers::find(std::string_view name) const {
    for (const auto& header : headers_) {
        if (equal_ignoring_case(header.name, name)) return &header.value;
    }
    return nullptr;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(headers_.begin(), headers_.end(), [&](const Header& header) {
        return equal_ignoring_case(header.name, name);
    }));
}

void Headers::add(std::string name, std::string value) {
    if (!is_token(name)) throw Error("cannot add an HTTP header: '" + name + "' is no header name");
    if (!is_field_value(value)) {
        throw Error("cannot add the HTTP header " + name + ": its value has a line break or control character in it");
    }
    headers_.push_back({std::move(name), std::move(value)});
}

void Headers::set(std::string name, std::string value) {
    erase(name);
    add(std::move(name), std::move(value));
}

bool Headers::erase(std::string_view name) {
    return std::erase_if(headers_, [&](const Header& header) { return equal_ignoring_case(header.name, name); }) > 0;
}

}  // namespace hiratake::http
