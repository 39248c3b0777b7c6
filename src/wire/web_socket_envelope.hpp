#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"
#include "wire/error_object.hpp"

/// What Nameko's WebSocket clients and servers tell each other: JSON texts, byte for byte as Python writes them.
namespace hiratake::wire {

/// A client's call: {"method": …, "data": {…}, "correlation_id": …}.
struct WebSocketRequest {
    std::string method;
    /// The arguments by name: an object, or something that fits no method. What is false in Python counts as {}.
    Value data;
    /// Any value; it goes back as it came.
    Value correlation_id;
};

/// The call in a message; none when it is no JSON, no object or names no method: Nameko's answer to these is
/// MalformedRequest("Invalid JSON data"). A method that is no text gets a name that no method has.
std::optional<WebSocketRequest> parse_web_socket_request(std::string_view message);

/// {"type": "result", "success": true, "data": …, "correlation_id": …}. Throws JsonError for a result without a JSON
/// form.
std::string web_socket_result(Value result, Value correlation_id);
/// {"type": "result", "success": false, "error": {…}, "correlation_id": …}
std::string web_socket_error(const ErrorObject& error, Value correlation_id);
/// {"type": "event", "event": …, "data": …}. Throws JsonError for data without a JSON form.
std::string web_socket_event(std::string_view event, Value data);

}  // namespace hiratake::wire
