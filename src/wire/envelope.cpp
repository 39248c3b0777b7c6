#include "wire/envelope.hpp"

#include <utility>

namespace hiratake::wire {
namespace {

std::string not_a(const char* member, const char* wanted, const Value& got) {
    return std::string("`") + member + "` must be " + wanted + ", not " + std::string(describe(got.kind()));
}

}  // namespace

bool is_true_in_python(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null: return false;
        case Value::Kind::boolean: return *value.get_if<bool>();
        case Value::Kind::integer: return *value.get_if<std::int64_t>() != 0;
        case Value::Kind::big_integer: return true;
        case Value::Kind::real: return *value.get_if<double>() != 0;
        case Value::Kind::string: return !value.get_if<std::string>()->empty();
        case Value::Kind::array: return !value.get_if<Array>()->empty();
        case Value::Kind::object: return !value.get_if<Object>()->empty();
    }
    return false;
}

Value Request::to_value() && {
    Object body;
    body.reserve(2);
    body.append("args", std::move(args));
    body.append("kwargs", std::move(kwargs));
    return body;
}

std::variant<Request, ErrorObject> parse_request(Value body) {
    Object* members = body.get_if<Object>();
    if (!members) {
        return error_object("TypeError", "builtins.TypeError",
                            "the body of a request must be an object, not " + std::string(describe(body.kind())));
    }
    Value* args = members->find("args");
    Value* kwargs = members->find("kwargs");
    if (!args || !kwargs) return malformed_request("Message missing `args` or `kwargs`");
    if (!args->get_if<Array>()) return incorrect_signature(not_a("args", "an array", *args));
    if (!kwargs->get_if<Object>()) return incorrect_signature(not_a("kwargs", "an object", *kwargs));
    return Request{std::move(*args->get_if<Array>()), std::move(*kwargs->get_if<Object>())};
}

Value Reply::to_value() && {
    Object body;
    body.reserve(2);
    body.append("result", error ? Value{} : std::move(result));
    body.append("error", error ? error->to_value() : Value{});
    return body;
}

std::optional<Reply> parse_reply(Value body) {
    Object* members = body.get_if<Object>();
    if (!members) return std::nullopt;
    const Value* error = members->find("error");
    if (error && is_true_in_python(*error)) return Reply{{}, ErrorObject::from_value(*error)};
    Value* result = members->find("result");
    if (!result) return std::nullopt;
    return Reply{std::move(*result), std::nullopt};
}

}  // namespace hiratake::wire
