#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "hiratake/base/reflect_enum.hpp"
#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/read_json.hpp"
#include "hiratake/payload/readers.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/write_json.hpp"

namespace hiratake {

template <>
struct Converter<Value> {
    static Value to_value(Value value) { return value; }
    static Value from_value(Value&& value, const ValuePath&) { return std::move(value); }
    static void write_json(payload::JsonOutput& output, const Value& value) { output.value(value); }
    static Value schema(SchemaBuilder&) { return Object{}; }
};

template <>
struct Converter<Array> {
    static Value to_value(Array array) { return array; }
    static Array from_value(Value&& value, const ValuePath& path) {
        return payload::take_array(std::move(value), path);
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "array"}}; }
};

template <>
struct Converter<Object> {
    static Value to_value(Object object) { return object; }
    static Object from_value(Value&& value, const ValuePath& path) {
        return payload::take_object(std::move(value), path);
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "object"}}; }
};

template <>
struct Converter<bool> {
    static Value to_value(bool value) { return value; }
    static bool from_value(const Value& value, const ValuePath& path) { return payload::read_bool(value, path); }
    static bool read_json(payload::JsonInput& input, bool& value) { return input.boolean(value); }
    static void write_json(payload::JsonOutput& output, bool value) { output.boolean(value); }
    static Value schema(SchemaBuilder&) { return Object{{"type", "boolean"}}; }
};

/// Range-checked. Plain char is a character, not a number: use std::string, or signed char and unsigned char.
template <std::integral T>
requires(!std::same_as<T, char>) struct Converter<T> {
    static Value to_value(T value) { return value; }
    static T from_value(const Value& value, const ValuePath& path) {
        using Limits = std::numeric_limits<T>;
        if constexpr (std::unsigned_integral<T>) {
            return static_cast<T>(payload::read_unsigned(value, path, Limits::max()));
        } else {
            return static_cast<T>(payload::read_integer(value, path, Limits::min(), Limits::max()));
        }
    }
    static bool read_json(payload::JsonInput& input, T& value) {
        using Limits = std::numeric_limits<T>;
        Value number;
        if (!input.number(number)) return false;
        const auto take_between = [&value](const auto* integer, auto least, auto most) {
            if (!integer || *integer < least || *integer > most) return false;
            value = static_cast<T>(*integer);
            return true;
        };
        if constexpr (std::unsigned_integral<T>) {
            const std::optional<std::uint64_t> integer = number.to_unsigned();
            return take_between(integer ? &*integer : nullptr, Limits::min(), Limits::max());
        } else {
            return take_between(number.template get_if<std::int64_t>(), Limits::min(), Limits::max());
        }
    }
    static void write_json(payload::JsonOutput& output, T value) {
        if constexpr (std::unsigned_integral<T>) {
            output.unsigned_integer(value);
        } else {
            output.integer(value);
        }
    }
    static Value schema(SchemaBuilder&) {
        return Object{{"type", "integer"},
                      {"minimum", std::numeric_limits<T>::min()},
                      {"maximum", std::numeric_limits<T>::max()}};
    }
};

/// Takes integers too.
template <std::floating_point T>
struct Converter<T> {
    static Value to_value(T value) { return value; }
    static T from_value(const Value& value, const ValuePath& path) {
        return static_cast<T>(payload::read_double(value, path));
    }
    static bool read_json(payload::JsonInput& input, T& value) {
        Value number;
        if (!input.number(number)) return false;
        value = static_cast<T>(number.as_double());
        return true;
    }
    static void write_json(payload::JsonOutput& output, T value) { output.real(static_cast<double>(value)); }
    static Value schema(SchemaBuilder&) { return Object{{"type", "number"}}; }
};

template <>
struct Converter<std::string> {
    static Value to_value(std::string value) { return value; }
    static std::string from_value(Value&& value, const ValuePath& path) {
        return payload::take_string(std::move(value), path);
    }
    static bool read_json(payload::JsonInput& input, std::string& value) { return input.string(value); }
    static void write_json(payload::JsonOutput& output, const std::string& value) { output.string(value); }
    static Value schema(SchemaBuilder&) { return Object{{"type", "string"}}; }
};

/// To a value only: read from one, it would refer to a text that nobody holds.
template <>
struct Converter<std::string_view> {
    static Value to_value(std::string_view value) { return value; }
};

template <>
struct Converter<const char*> {
    static Value to_value(const char* value) { return value; }
};

template <>
struct Converter<std::nullptr_t> {
    static Value to_value(std::nullptr_t) { return nullptr; }
    static Value schema(SchemaBuilder&) { return Object{{"type", "null"}}; }
};

/// The enumerator's name as it is written in C++. A value without a name cannot be sent.
template <class T>
requires std::is_enum_v<T>
struct Converter<T> {
    static Value to_value(T value) { return name_of(value); }
    static T from_value(const Value& value, const ValuePath& path) {
        return reflect::enumerators<T>[payload::read_choice(value, path, names())].value;
    }
    static bool read_json(payload::JsonInput& input, T& value) {
        std::string name;
        if (!input.string(name)) return false;
        for (const auto& enumerator : reflect::enumerators<T>) {
            if (enumerator.name != name) continue;
            value = enumerator.value;
            return true;
        }
        return false;
    }
    static void write_json(payload::JsonOutput& output, T value) { output.string(name_of(value)); }
    static Value schema(SchemaBuilder&) {
        Array allowed;
        for (const std::string_view name : names()) allowed.emplace_back(name);
        return Object{{"type", "string"}, {"enum", std::move(allowed)}};
    }

  private:
    static std::string_view name_of(T value) {
        const std::string_view name = reflect::enum_name(value);
        if (!name.empty()) return name;
        throw ConversionError("", "a named enumerator", "got " + std::to_string(static_cast<long long>(value)));
    }
    static std::vector<std::string_view> names() {
        std::vector<std::string_view> result;
        for (const auto& enumerator : reflect::enumerators<T>) result.push_back(enumerator.name);
        return result;
    }
};

}  // namespace hiratake
