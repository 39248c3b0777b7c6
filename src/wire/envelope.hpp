#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "hiratake/payload/serializer.hpp"
#include "hiratake/payload/value.hpp"
#include "wire/error_object.hpp"

namespace hiratake::wire {

/// What Python's bool() says: null, false, 0, "", [] and {} are false.
bool is_true_in_python(const Value& value);

/// The body of an RPC request: {"args": […], "kwargs": {…}}.
struct Request {
    Array args;
    Object kwargs;

    /// As a body. Throws what the serializer does.
    std::string encode(const Serializer& serializer) &&;
};

/// The request in a body, or the error to answer with: MalformedRequest when a member is missing, a TypeError when the
/// body is no object, IncorrectSignature when a member is of the wrong type. Other members are ignored.
std::variant<Request, ErrorObject> parse_request(Value body);

/// The body of an RPC reply: {"result": …, "error": …}, of which one is null.
struct Reply {
    Value result;
    std::optional<ErrorObject> error;

    /// As a body. Throws what the serializer does.
    std::string encode(const Serializer& serializer) &&;
};

/// The reply in a body; none when the body is no object, or has neither an error nor a result. An error counts when it
/// is_true_in_python(); otherwise it means success.
std::optional<Reply> parse_reply(Value body);

/// How many objects the arguments and the result of such bodies lie inside of.
inline constexpr std::size_t envelope_depth = 1;

/// The positional arguments, as JSON, of a request that has no others and is written to the letter as Nameko writes
/// them. Where the text between the members' names is one array, the body is such a request; it may be anything.
std::optional<std::string_view> positional_in(std::string_view json_body);
/// The same for the result of a reply that has no error: one value, or anything.
std::optional<std::string_view> result_in(std::string_view json_body);
/// The body of a reply whose result is JSON already, written at envelope_depth.
std::string reply_with(std::string_view json_result);

}  // namespace hiratake::wire
