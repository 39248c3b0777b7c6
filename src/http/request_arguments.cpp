#include "http/request_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

#include "hiratake/payload/json.hpp"
#include "http/problem.hpp"

namespace hiratake::http {
namespace {

template <class Number>
std::optional<Number> whole_number(const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

bool takes_body(const Request& request) {
    return request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
}

bool states_length(const Request& request) {
    return request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding");
}

bool is_json(const std::string& media_type) {
    return media_type.empty() || media_type == "application/json" || media_type.ends_with("+json");
}

bool lacks_arguments(const payload::Signature& signature, const Object& named) {
    return std::any_of(signature.parameters().begin(), signature.parameters().end(),
                       [&named](const Parameter& each) { return each.required() && !named.contains(each.name); });
}

// Reads the JSON object of the body into `named`; returns the problem if it is none.
std::optional<Response> read_body(const Request& request, Object& named) {
    if (request.body.empty()) return std::nullopt;
    const auto media_type = request.media_type();
    if (!is_json(media_type)) {
        return problem(415, fmt::format("the body must be application/json, not {}", media_type));
    }
    try {
        Value body = parse_json(request.body);
        auto* object = body.get_if<Object>();
        if (!object) {
            return problem(422, "the body does not fit",
                           {{"", fmt::format("got {}", describe(body.kind())), "an object"}});
        }
        named = std::move(*object);
    } catch (const JsonError& error) {
        return problem(400, fmt::format("the body is no JSON: {}", error.what()));
    }
    return std::nullopt;
}

}  // namespace

Value value_of_text(TextKind kind, std::string text) {
    switch (kind) {
        case TextKind::number:
            if (const auto integer = whole_number<std::int64_t>(text)) return *integer;
            if (const auto real = whole_number<double>(text)) return *real;
            return text;
        case TextKind::boolean:
            if (text == "true" || text == "1") return true;
            if (text == "false" || text == "0") return false;
            return text;
        case TextKind::text: return text;
    }
    return text;
}

RequestArguments read_request_arguments(const RouteMethod& method, const Request& request) {
    if (method.takes_request) return {};
    Object named;
    if (takes_body(request)) {
        if (auto problem = read_body(request, named)) return {{}, std::move(problem)};
    }
    const auto& parameters = method.signature.parameters();
    const auto set_from = [&](const TextFields& fields, bool replaces) {
        for (const auto& [name, text] : fields) {
            for (std::size_t i = 0; i < parameters.size(); ++i) {
                if (parameters[i].name != name || (!replaces && named.contains(name))) continue;
                named.set(name, value_of_text(method.text_kinds[i], text));
            }
        }
    };
    set_from(request.query, false);
    set_from(request.path_variables, true);
    if (takes_body(request) && !states_length(request) && lacks_arguments(method.signature, named)) {
        return {{}, problem(411, "a body is needed, and its length: send Content-Length")};
    }
    const auto problems = method.signature.problems(named);
    if (!problems.empty()) return {{}, problem(422, "the request does not fit", problems)};
    try {
        if (method.signature.form() == payload::Signature::Form::one_struct) {
            Array whole;
            whole.emplace_back(std::move(named));
            return {method.signature.bind(std::move(whole), {}), std::nullopt};
        }
        return {method.signature.bind({}, std::move(named)), std::nullopt};
    } catch (const ArgumentError& error) {
        return {{}, problem(422, error.what())};
    }
}

}  // namespace hiratake::http
