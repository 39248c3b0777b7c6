#pragma once

#include <type_traits>
#include <utility>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/json_output.hpp"

/// From C++ types straight to JSON, the same that their Values are written as.
namespace hiratake::payload {

/// For T itself: a Converter that has only inherited the writer of another type may have a to_value() of its own.
template <class T>
concept HasJsonWriter = requires {
    static_cast<void (*)(JsonOutput&, T)>(&Converter<T>::write_json);
}
|| requires {
    static_cast<void (*)(JsonOutput&, T &&)>(&Converter<T>::write_json);
}
|| requires {
    static_cast<void (*)(JsonOutput&, const T&)>(&Converter<T>::write_json);
};

/// Writes what to_value() would return; `object` may be taken apart for that. Throws what to_value() throws, and
/// JsonError. One whose Converter has no write_json() is written by way of a Value, whatever it is part of.
template <class T>
void write_json(JsonOutput& output, T&& object) {
    static_assert(!std::is_reference_v<T>, "hand over what is not needed any more");
    if constexpr (HasJsonWriter<T>) {
        Converter<T>::write_json(output, std::forward<T>(object));
    } else {
        output.value(to_value(std::forward<T>(object)));
    }
}

}  // namespace hiratake::payload
