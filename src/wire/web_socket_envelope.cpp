#include "wire/web_socket_envelope.hpp"

#include <utility>

#include "hiratake/payload/json.hpp"
#include "wire/envelope.hpp"

namespace hiratake::wire {
namespace {

Value taken(Object& members, std::string_view name) {
    Value* member = members.find(name);
    return member ? std::move(*member) : Value{};
}

}  // namespace

std::optional<WebSocketRequest> parse_web_socket_request(std::string_view message) {
    Value parsed;
    try {
        parsed = parse_json(message);
    } catch (const JsonError&) {
        return std::nullopt;
    }
    Object* members = parsed.get_if<Object>();
    if (!members || !members->contains("method")) return std::nullopt;
    const Value method = taken(*members, "method");
    const std::string* name = method.get_if<std::string>();
    Value data = taken(*members, "data");
    return WebSocketRequest{name ? *name : write_json(method), is_true_in_python(data) ? std::move(data) : Object{},
                            taken(*members, "correlation_id")};
}

std::string web_socket_result(Value result, Value correlation_id) {
    return write_json(Object{{"type", "result"},
                             {"success", true},
                             {"data", std::move(result)},
                             {"correlation_id", std::move(correlation_id)}});
}

std::string web_socket_error(const ErrorObject& error, Value correlation_id) {
    return write_json(Object{{"type", "result"},
                             {"success", false},
                             {"error", error.to_value()},
                             {"correlation_id", std::move(correlation_id)}});
}

std::string web_socket_event(std::string_view event, Value data) {
    return write_json(Object{{"type", "event"}, {"event", event}, {"data", std::move(data)}});
}

}  // namespace hiratake::wire
