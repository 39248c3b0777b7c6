#pragma once

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/read_json.hpp"
#include "hiratake/payload/readers.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/write_json.hpp"

namespace hiratake {

/// Null stands for nothing.
template <class T>
struct Converter<std::optional<T>> {
    static Value to_value(std::optional<T> value) {
        return value ? Converter<T>::to_value(*std::move(value)) : Value{};
    }
    static std::optional<T> from_value(Value&& value, const ValuePath& path) {
        if (value.is_null()) return std::nullopt;
        return Converter<T>::from_value(std::move(value), path);
    }
    static bool read_json(payload::JsonInput& input, std::optional<T>& value) requires payload::MadeBeforeRead<T> {
        value.reset();
        return input.skip_null() || payload::read_json(input, value.emplace());
    }
    static void write_json(payload::JsonOutput& output, std::optional<T>&& value) {
        if (value) {
            payload::write_json(output, *std::move(value));
        } else {
            output.null();
        }
    }
    static Value schema(SchemaBuilder& schemas) {
        return Object{{"anyOf", Array{schemas.of<T>(), Object{{"type", "null"}}}}};
    }
};

template <class T>
struct Converter<std::vector<T>> {
    static Value to_value(std::vector<T> elements) {
        Array array;
        array.reserve(elements.size());
        for (auto&& element : elements) array.push_back(Converter<T>::to_value(static_cast<T>(std::move(element))));
        return array;
    }
    static std::vector<T> from_value(Value&& value, const ValuePath& path) {
        Array array = payload::take_array(std::move(value), path);
        std::vector<T> elements;
        elements.reserve(array.size());
        for (std::size_t i = 0; i < array.size(); ++i) {
            elements.push_back(Converter<T>::from_value(std::move(array[i]), path.element(i)));
        }
        return elements;
    }
    static bool read_json(payload::JsonInput& input, std::vector<T>& elements) requires payload::MadeBeforeRead<T> {
        elements.clear();
        if (!input.begin_array()) return false;
        while (input.has_element()) {
            T element{};
            if (!payload::read_json(input, element)) return false;
            elements.push_back(std::move(element));
        }
        return !input.has_failed();
    }
    static void write_json(payload::JsonOutput& output, std::vector<T>&& elements) {
        output.begin_array();
        for (auto&& element : elements) {
            output.element();
            payload::write_json(output, static_cast<T&&>(element));
        }
        output.end_array();
    }
    static Value schema(SchemaBuilder& schemas) { return Object{{"type", "array"}, {"items", schemas.of<T>()}}; }
};

/// Bytes, in kombu's wrapper of base64; read from a plain string too, which stands for its UTF-8.
template <>
struct Converter<std::vector<std::byte>> {
    static Value to_value(const std::vector<std::byte>& bytes) {
        return payload::wrap_bytes(bytes.data(), bytes.size());
    }
    static std::vector<std::byte> from_value(Value&& value, const ValuePath& path) {
        const std::string text = payload::take_string(std::move(value), path);
        const auto* begin = reinterpret_cast<const std::byte*>(text.data());
        return {begin, begin + text.size()};
    }
    static Value schema(SchemaBuilder&) {
        const Object wrapped{
            {"type", "object"},
            {"properties", Object{{"__type__", Object{{"const", "base64"}}},
                                  {"__value__", Object{{"type", "string"}, {"contentEncoding", "base64"}}}}}};
        return Object{{"anyOf", Array{wrapped, Object{{"type", "string"}}}}};
    }
};

/// An array of exactly that many elements.
template <class T, std::size_t n>
struct Converter<std::array<T, n>> {
    static Value to_value(std::array<T, n> elements) {
        Array array;
        array.reserve(n);
        for (T& element : elements) array.push_back(Converter<T>::to_value(std::move(element)));
        return array;
    }
    static std::array<T, n> from_value(Value&& value, const ValuePath& path) {
        Array array = payload::take_array_of(std::move(value), path, n);
        return read(array, path, std::make_index_sequence<n>{});
    }
    static Value schema(SchemaBuilder& schemas) {
        return Object{{"type", "array"}, {"items", schemas.of<T>()}, {"minItems", n}, {"maxItems", n}};
    }

  private:
    template <std::size_t... I>
    static std::array<T, n> read([[maybe_unused]] Array& array, [[maybe_unused]] const ValuePath& path,
                                 std::index_sequence<I...>) {
        return {Converter<T>::from_value(std::move(array[I]), path.element(I))...};
    }
};

/// An array with one element for each of the tuple's, each of its own type.
template <class... T>
struct Converter<std::tuple<T...>> {
    static Value to_value(std::tuple<T...> elements) {
        Array array;
        array.reserve(sizeof...(T));
        std::apply([&](T&... element) { (array.push_back(Converter<T>::to_value(std::move(element))), ...); },
                   elements);
        return array;
    }
    static std::tuple<T...> from_value(Value&& value, const ValuePath& path) {
        Array array = payload::take_array_of(std::move(value), path, sizeof...(T));
        return read(array, path, std::index_sequence_for<T...>{});
    }
    static bool read_json(payload::JsonInput& input, std::tuple<T...>& elements) {
        if (!input.begin_array()) return false;
        const auto read_next = [&input](auto& element) {
            return input.has_element() && payload::read_json(input, element);
        };
        const bool are_read = std::apply([&](T&... element) { return (read_next(element) && ...); }, elements);
        return are_read && !input.has_element() && !input.has_failed();
    }
    static void write_json(payload::JsonOutput& output, std::tuple<T...>&& elements) {
        output.begin_array();
        std::apply([&](T&... element) { (write_next(output, std::move(element)), ...); }, elements);
        output.end_array();
    }
    static Value schema(SchemaBuilder& schemas) {
        return Object{{"type", "array"},
                      {"prefixItems", Array{schemas.of<T>()...}},
                      {"minItems", sizeof...(T)},
                      {"maxItems", sizeof...(T)}};
    }

  private:
    // Braces, because they fix the order: the first wrong element is the one that is reported.
    template <std::size_t... I>
    static std::tuple<T...> read([[maybe_unused]] Array& array, [[maybe_unused]] const ValuePath& path,
                                 std::index_sequence<I...>) {
        return std::tuple<T...>{Converter<T>::from_value(std::move(array[I]), path.element(I))...};
    }
    template <class Element>
    static void write_next(payload::JsonOutput& output, Element&& element) {
        output.element();
        payload::write_json(output, std::forward<Element>(element));
    }
};

template <class First, class Second>
struct Converter<std::pair<First, Second>> {
    using AsTuple = Converter<std::tuple<First, Second>>;
    static Value to_value(std::pair<First, Second> value) { return AsTuple::to_value(std::move(value)); }
    static std::pair<First, Second> from_value(Value&& value, const ValuePath& path) {
        auto elements = AsTuple::from_value(std::move(value), path);
        return {std::get<0>(std::move(elements)), std::get<1>(std::move(elements))};
    }
    static Value schema(SchemaBuilder& schemas) { return AsTuple::schema(schemas); }
};

namespace detail {

template <class Map, class T>
struct MapConverter {
    static Value to_value(Map members) {
        Object object;
        object.reserve(members.size());
        for (auto& [name, value] : members) object.append(name, Converter<T>::to_value(std::move(value)));
        return object;
    }
    static Map from_value(Value&& value, const ValuePath& path) {
        Object object = payload::take_object(std::move(value), path);
        Map members;
        for (Member& member : object) {
            T element = Converter<T>::from_value(std::move(member.value), path.member(member.name));
            members.emplace(std::move(member.name), std::move(element));
        }
        return members;
    }
    static bool read_json(payload::JsonInput& input, Map& members) requires payload::MadeBeforeRead<T> {
        members.clear();
        if (!input.begin_object()) return false;
        std::string name;
        while (input.has_member(name)) {
            // Of two with the same name the last counts: for from_value().
            const auto [member, is_new] = members.try_emplace(std::move(name));
            if (!is_new || !payload::read_json(input, member->second)) return false;
        }
        return !input.has_failed();
    }
    static void write_json(payload::JsonOutput& output, Map&& members) {
        output.begin_object();
        for (auto& [name, value] : members) {
            output.member(name);
            payload::write_json(output, std::move(value));
        }
        output.end_object();
    }
    static Value schema(SchemaBuilder& schemas) {
        return Object{{"type", "object"}, {"additionalProperties", schemas.of<T>()}};
    }
};

}  // namespace detail

template <class T>
struct Converter<std::map<std::string, T>> : detail::MapConverter<std::map<std::string, T>, T> {};
template <class T>
struct Converter<std::map<std::string, T, std::less<>>>
    : detail::MapConverter<std::map<std::string, T, std::less<>>, T> {};
template <class T>
struct Converter<std::unordered_map<std::string, T>> : detail::MapConverter<std::unordered_map<std::string, T>, T> {};

template <>
struct Converter<std::monostate> {
    static Value to_value(std::monostate) { return {}; }
    static std::monostate from_value(const Value& value, const ValuePath& path) {
        if (!value.is_null()) throw ConversionError(path, "null", value);
        return {};
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "null"}}; }
};

/// The first alternative that fits the value.
template <class... T>
struct Converter<std::variant<T...>> {
    static Value to_value(std::variant<T...> value) {
        return std::visit([](auto& inside) { return hiratake::to_value(std::move(inside)); }, value);
    }
    static std::variant<T...> from_value(const Value& value, const ValuePath& path) {
        std::optional<std::variant<T...>> result;
        std::string expected;
        (try_alternative<T>(value, path, result, expected), ...);
        if (!result) throw ConversionError(path, expected, value);
        return *std::move(result);
    }
    static Value schema(SchemaBuilder& schemas) { return Object{{"anyOf", Array{schemas.of<T>()...}}}; }

  private:
    template <class Alternative>
    static void try_alternative(const Value& value, const ValuePath& path, std::optional<std::variant<T...>>& result,
                                std::string& expected) {
        if (result) return;
        try {
            result.emplace(std::in_place_type<Alternative>, Converter<Alternative>::from_value(Value(value), path));
        } catch (const ConversionError& error) {
            expected += (expected.empty() ? "" : " or ") + error.expected();
        }
    }
};

}  // namespace hiratake
