#include "amqp/decode_error.hpp"

namespace hiratake::amqp {

std::string_view to_text(DecodeError error) {
    switch (error) {
        case DecodeError::none: return "no error";
        case DecodeError::truncated: return "the input ends inside a value";
        case DecodeError::length_beyond_input: return "a length beyond the end of the input";
        case DecodeError::nested_too_deep: return "tables or arrays nested too deep";
        case DecodeError::unknown_field_letter: return "a table value of an unknown type";
        case DecodeError::unknown_property_flag: return "an unknown property flag";
        case DecodeError::leftover_bytes: return "bytes left over behind the last field";
        case DecodeError::unknown_method: return "an unknown class or method id";
        case DecodeError::wrong_direction: return "a method that only the other side may send";
    }
    return "an unnamed error";
}

}  // namespace hiratake::amqp
