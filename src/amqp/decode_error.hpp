#pragma once

#include <string_view>

namespace hiratake::amqp {

/// What is wrong with bytes that should have been a method, a table or properties. No partial value is to be used.
enum class DecodeError {
    none,
    truncated,              ///< the input ends inside a number or a length
    length_beyond_input,    ///< a string, array or table claims more bytes than there are
    nested_too_deep,        ///< tables and arrays inside each other beyond max_nesting
    unknown_field_letter,   ///< a table value of a type that the protocol does not know
    unknown_property_flag,  ///< a property flag word with bits that basic does not define
    leftover_bytes,         ///< everything was read, and bytes remain
    unknown_method,         ///< no method has this class and method id
    wrong_direction,        ///< a method that only the other side may send
};

/// A readable phrase: "a length beyond the end of the input".
std::string_view to_text(DecodeError error);

}  // namespace hiratake::amqp
