#include "hiratake/service/config.hpp"

#include <fmt/core.h>

#include <cmath>

#include "hiratake/base/error.hpp"

namespace hiratake {
namespace {

/// Splits "a.b.c" into "a" and "b.c"; the rest is empty at the last part.
std::pair<std::string_view, std::string_view> split_at_dot(std::string_view key) {
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) return {key, {}};
    return {key.substr(0, dot), key.substr(dot + 1)};
}

[[noreturn]] void refuse(std::string_view key, const Value& value, std::string_view expected) {
    throw ConfigurationError(
        fmt::format("configuration: `{}` is {}, expected {}", key, describe(value.kind()), expected));
}

template <class T>
std::optional<T> value_of_kind(const Value* value, std::string_view key, std::string_view expected) {
    if (!value || value->is_null()) return std::nullopt;
    if (const T* held = value->get_if<T>()) return *held;
    refuse(key, *value, expected);
}

Object set_in(Object object, std::string_view key, Value value) {
    const auto [head, rest] = split_at_dot(key);
    if (rest.empty()) {
        object.set(std::string{head}, std::move(value));
        return object;
    }
    Value* inner = object.find(head);
    const bool is_map = inner && inner->get_if<Object>();
    Object nested = is_map ? std::move(inner->as_object()) : Object{};
    object.set(std::string{head}, set_in(std::move(nested), rest, std::move(value)));
    return object;
}

}  // namespace

const Value* Config::find(std::string_view key) const {
    const Object* object = &values_;
    while (true) {
        const auto [head, rest] = split_at_dot(key);
        const Value* value = object->find(head);
        if (!value || rest.empty()) return value;
        object = value->get_if<Object>();
        if (!object) return nullptr;
        key = rest;
    }
}

std::optional<std::string> Config::text(std::string_view key) const {
    return value_of_kind<std::string>(find(key), key, "a string");
}

std::optional<std::int64_t> Config::integer(std::string_view key) const {
    return value_of_kind<std::int64_t>(find(key), key, "an integer");
}

std::optional<double> Config::number(std::string_view key) const {
    const Value* value = find(key);
    if (!value || value->is_null()) return std::nullopt;
    if (const auto* real = value->get_if<double>()) return *real;
    if (const auto* integer = value->get_if<std::int64_t>()) return static_cast<double>(*integer);
    refuse(key, *value, "a number");
}

std::optional<bool> Config::boolean(std::string_view key) const {
    return value_of_kind<bool>(find(key), key, "true or false");
}

std::optional<std::chrono::nanoseconds> Config::seconds(std::string_view key) const {
    constexpr double most = 1e9;  // about 30 years: beyond, nanoseconds would soon overflow
    const std::optional<double> seconds = number(key);
    if (!seconds) return std::nullopt;
    if (!(*seconds >= 0 && *seconds <= most)) {
        throw ConfigurationError(
            fmt::format("configuration: `{}` is {}, expected seconds from 0 to {:.0f}", key, *seconds, most));
    }
    return std::chrono::nanoseconds{std::llround(*seconds * 1e9)};
}

Config Config::with(std::string_view key, Value value) const {
    return Config{set_in(values_, key, std::move(value))};
}

}  // namespace hiratake
