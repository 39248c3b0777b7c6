#pragma once

#include <type_traits>
#include <utility>

#include "hiratake/payload/conversion_error.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/payload/value_path.hpp"

namespace hiratake {

class SchemaBuilder;

/// How a C++ type is turned into a Value and back. Specialise it for a type of your own:
///
///     template <>
///     struct hiratake::Converter<Money> {
///         static Value to_value(const Money& money) { return money.to_string(); }
///         static Money from_value(const Value& value, const ValuePath& path) {
///             if (const std::string* text = value.get_if<std::string>()) return Money::parse(*text);
///             throw ConversionError(path, "an amount such as '3.50 EUR'", value);
///         }
///         static Value schema(SchemaBuilder&) { return Object{{"type", "string"}}; }   // optional: for documentation
///     };
///
/// With read_json() and write_json(), which are optional, it goes to and from JSON straight (docs/payload.md).
///
/// The framework hands from_value() a value that it may take apart (`Value&&`). docs/payload.md lists what is there
/// already.
template <class T>
struct Converter;

/// Whether there is a Converter for T. What T is made of may still lack one.
template <class T>
concept HasConverter = requires {
    sizeof(Converter<T>);
};

/// The value that stands for `object`. Hand over what is not needed any more with std::move: texts are then not copied.
template <class T>
Value to_value(T&& object) {
    static_assert(HasConverter<std::decay_t<T>>,
                  "this type has no JSON form: make it an aggregate, or specialise hiratake::Converter for it");
    return Converter<std::decay_t<T>>::to_value(std::forward<T>(object));
}

/// The T that `value` stands for. Throws ConversionError, with the place in the value, when it stands for none.
template <class T>
T from_value(Value value, const ValuePath& path = {}) {
    static_assert(std::is_same_v<T, std::decay_t<T>>, "ask for the type itself, without const or &");
    static_assert(HasConverter<T>,
                  "this type has no JSON form: make it an aggregate, or specialise hiratake::Converter for it");
    return Converter<T>::from_value(std::move(value), path);
}

}  // namespace hiratake
