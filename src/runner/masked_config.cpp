#include "runner/masked_config.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "hiratake/base/masked_uri.hpp"

namespace hiratake::runner {
namespace {

bool is_secret(std::string_view key) {
    std::string lower{key};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower == "users") return true;  // their passwords: http.users
    constexpr std::array words{"password",    "passwd",     "secret",        "token",   "api_key",
                               "private_key", "credential", "authorization", "api-key", "cookie"};
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return lower.find(word) != std::string::npos; });
}

Value masked(const Value& value, bool secret);

Object masked(const Object& object, bool secret) {
    Object result;
    for (const Member& member : object) {
        result.append(member.name, masked(member.value, secret || is_secret(member.name)));
    }
    return result;
}

Value masked(const Value& value, bool secret) {
    if (const auto* object = value.get_if<Object>()) return masked(*object, secret);
    if (const auto* array = value.get_if<Array>()) {
        Array result;
        for (const Value& element : *array) result.push_back(masked(element, secret));
        return result;
    }
    if (value.is_null()) return nullptr;
    if (secret) return "**";
    if (const auto* text = value.get_if<std::string>()) return masked_uri(*text);
    return value;
}

}  // namespace

Config masked_config(const Config& config) {
    return Config{masked(config.values(), false)};
}

}  // namespace hiratake::runner
