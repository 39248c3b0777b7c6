#pragma once

#include <string_view>
#include <utility>

#include "amqp/decode_error.hpp"
#include "amqp/method_decoder.hpp"
#include "amqp/method_list.hpp"

namespace hiratake::amqp {
namespace detail {

template <class Method, class Sink>
DecodeError decode_into(std::string_view arguments, Sink& sink) {
    Method method;
    const DecodeError error = decode_arguments(arguments, method);
    if (error == DecodeError::none) sink.on(std::as_const(method));
    return error;
}

template <class Sink, class... Allowed, class Refused>
DecodeError dispatch(std::string_view payload, Sink& sink, MethodList<Allowed...>, Refused refused) {
    const auto id = peek_method_id(payload);
    if (!id) return DecodeError::truncated;
    const std::string_view arguments = payload.substr(method_id_size);
    DecodeError error = DecodeError::unknown_method;
    const bool found = ((*id == Allowed::id && ((error = decode_into<Allowed>(arguments, sink)), true)) || ...);
    return !found && contains(refused, *id) ? DecodeError::wrong_direction : error;
}

}  // namespace detail

/// Decodes a method frame's payload that a client sent and calls `sink.on(const Method&)`. The strings of the method
/// are views into the payload. The sink is called only when the result is DecodeError::none; what it throws passes
/// through. peek_method_id() names the culprit of an error.
template <class Sink>
DecodeError dispatch_to_server(std::string_view payload, Sink& sink) {
    return detail::dispatch(payload, sink, MethodsToServer{}, MethodsToClient{});
}

/// The same for a payload that a server sent.
template <class Sink>
DecodeError dispatch_to_client(std::string_view payload, Sink& sink) {
    return detail::dispatch(payload, sink, MethodsToClient{}, MethodsToServer{});
}

}  // namespace hiratake::amqp
