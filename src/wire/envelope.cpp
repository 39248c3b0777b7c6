#include "wire/envelope.hpp"

#include <utility>

#include "hiratake/payload/json_output.hpp"

namespace hiratake::wire {
namespace {

// As Python's json.dumps() writes them.
constexpr std::string_view before_args = R"({"args": )";
constexpr std::string_view before_kwargs = R"(, "kwargs": )";
constexpr std::string_view without_kwargs = R"(, "kwargs": {}})";
constexpr std::string_view before_result = R"({"result": )";
constexpr std::string_view without_error = R"(, "error": null})";

/// Room for the body of a small message, so that it grows once.
constexpr std::size_t usual_size = 160;

Value pair(const char* first_name, Value first, const char* second_name, Value second) {
    Object object;
    object.reserve(2);
    object.append(first_name, std::move(first));
    object.append(second_name, std::move(second));
    return object;
}

std::optional<std::string_view> between(std::string_view text, std::string_view before, std::string_view behind) {
    if (text.size() < before.size() + behind.size() || !text.starts_with(before) || !text.ends_with(behind)) {
        return std::nullopt;
    }
    return text.substr(before.size(), text.size() - before.size() - behind.size());
}

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

std::string Request::encode(const Serializer& serializer) && {
    if (!serializer.is_json()) return serializer.encode(pair("args", std::move(args), "kwargs", std::move(kwargs)));
    std::string body;
    body.reserve(usual_size);
    payload::JsonOutput output(body, JsonStyle::python, envelope_depth);
    body += before_args;
    output.array(args);
    body += before_kwargs;
    output.object(kwargs);
    body += '}';
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

std::string Reply::encode(const Serializer& serializer) && {
    if (error) return serializer.encode(pair("result", nullptr, "error", error->to_value()));
    if (!serializer.is_json()) return serializer.encode(pair("result", std::move(result), "error", nullptr));
    std::string body;
    body.reserve(usual_size);
    body += before_result;
    payload::JsonOutput(body, JsonStyle::python, envelope_depth).value(result);
    body += without_error;
    return body;
}

std::string reply_with(std::string_view json_result) {
    std::string body;
    body.reserve(before_result.size() + json_result.size() + without_error.size());
    body.append(before_result).append(json_result).append(without_error);
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

std::optional<std::string_view> positional_in(std::string_view json_body) {
    return between(json_body, before_args, without_kwargs);
}

std::optional<std::string_view> result_in(std::string_view json_body) {
    return between(json_body, before_result, without_error);
}

}  // namespace hiratake::wire
