#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hiratake/base/error_origin.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::wire {

/// An exception on the wire (Nameko: exceptions.serialize). Python clients choose the class to raise by `exc_path`.
struct ErrorObject {
    /// The class: "ValueError".
    std::string exc_type;
    /// With its module: "builtins.ValueError". Peers before Nameko 1.5 do not send it.
    std::string exc_path;
    /// The constructor's arguments, made safe.
    Array exc_args;
    /// The exception's text.
    std::string value;
    /// Of an error that the service has got from another one and let out. Hiratake's own; Nameko does not look at it.
    std::optional<ErrorOrigin> origin = std::nullopt;

    friend bool operator==(const ErrorObject&, const ErrorObject&) = default;

    Value to_value() const;
    /// Takes whatever a peer sends: members may be missing (an absent type reads "UnknownError") or of other types.
    static ErrorObject from_value(const Value& value);
};

/// An exception with one argument, its text.
ErrorObject error_object(std::string exc_type, std::string exc_path, std::string text);

// The paths of these three are registered in every Python client, which raises its native class for them.
ErrorObject method_not_found(std::string method);
ErrorObject malformed_request(std::string text);
ErrorObject incorrect_signature(std::string text);
/// The result of a method that the request's serializer cannot write.
/// @param description of the value: Python puts its repr() here
ErrorObject unserializable_value(std::string_view description);

/// What Nameko makes of exception arguments: strings stay, arrays and objects are descended into, and everything else
/// becomes the text that Python's str() gives: "3", "1.5", "None", "True".
Value make_safe(const Value& value);

}  // namespace hiratake::wire
