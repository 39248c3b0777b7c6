#pragma once

#include <optional>
#include <variant>

#include "hiratake/payload/value.hpp"
#include "wire/error_object.hpp"

namespace hiratake::wire {

/// What Python's bool() says: null, false, 0, "", [] and {} are false.
bool is_true_in_python(const Value& value);

/// The body of an RPC request: {"args": […], "kwargs": {…}}.
struct Request {
    Array args;
    Object kwargs;

    Value to_value() &&;
};

/// The request in a body, or the error to answer with: MalformedRequest when a member is missing, a TypeError when the
/// body is no object, IncorrectSignature when a member is of the wrong type. Other members are ignored.
std::variant<Request, ErrorObject> parse_request(Value body);

/// The body of an RPC reply: {"result": …, "error": …}, of which one is null.
struct Reply {
    Value result;
    std::optional<ErrorObject> error;

    Value to_value() &&;
};

/// The reply in a body; none when the body is no object, or has neither an error nor a result. An error counts when it
/// is_true_in_python(); otherwise it means success.
std::optional<Reply> parse_reply(Value body);

}  // namespace hiratake::wire
