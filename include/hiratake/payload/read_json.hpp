#pragma once

#include <concepts>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/json_input.hpp"

/// From JSON straight to C++ types. Converter::from_value() says what a type takes; this takes a part of that, the same
/// way, and returns nothing for the rest.
namespace hiratake::payload {

template <class T>
concept HasJsonReader = requires(JsonInput& input) {
    { Converter<T>::read_json(input) } -> std::same_as<std::optional<T>>;
};

/// The T that is next. One whose Converter has no read_json() is made of a Value, whatever it is part of. Throws what
/// converters throw, and JsonError.
template <class T>
std::optional<T> read_json(JsonInput& input) {
    if constexpr (HasJsonReader<T>) {
        return Converter<T>::read_json(input);
    } else {
        return Converter<T>::from_value(input.value(), ValuePath{});
    }
}

/// The T that the whole text stands for.
/// @param depth how many arrays and objects the text lies inside of
template <class T>
std::optional<T> read_json_text(std::string_view text, std::size_t depth = 0) {
    try {
        JsonInput input(text, depth);
        std::optional<T> object = read_json<T>(input);
        if (object && (input.has_failed() || !input.is_at_end())) object.reset();
        return object;
    } catch (const std::exception&) {
        // Of no JSON, or of a converter: the way by a Value meets it again, in its turn.
        return std::nullopt;
    }
}

}  // namespace hiratake::payload
