#pragma once

#include <concepts>
#include <cstddef>
#include <exception>
#include <string_view>
#include <utility>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/json_input.hpp"

/// From JSON straight to C++ types. Converter::from_value() says what a type takes; this takes a part of that, the same
/// way, and says false to the rest.
namespace hiratake::payload {

/// What can be made first, and then be read into.
template <class T>
concept MadeBeforeRead = std::default_initializable<T> && std::movable<T>;

/// For T itself, as HasJsonWriter.
template <class T>
concept HasJsonReader = requires(JsonInput& input, T& object) {
    static_cast<bool (*)(JsonInput&, T&)>(&Converter<T>::read_json);
    Converter<T>::read_json(input, object);
};

/// Reads the T that is next into `object`. False where that is not as expected; `object` may hold a part then. One
/// whose Converter has no read_json() is made of a Value, whatever it is part of. Throws what converters throw, and
/// JsonError.
template <class T>
bool read_json(JsonInput& input, T& object) {
    if constexpr (HasJsonReader<T>) {
        return Converter<T>::read_json(input, object);
    } else {
        object = Converter<T>::from_value(input.value(), ValuePath{});
        return true;
    }
}

/// Reads what the whole text stands for into `object`. False where that is not as expected; does not throw.
/// @param depth how many arrays and objects the text lies inside of
template <MadeBeforeRead T>
bool read_json_text(std::string_view text, T& object, std::size_t depth = 0) {
    try {
        JsonInput input(text, depth);
        return read_json(input, object) && !input.has_failed() && input.is_at_end();
    } catch (const std::exception&) {
        // Of no JSON, or of a converter: the way by a Value meets it again, in its turn.
        return false;
    }
}

}  // namespace hiratake::payload
