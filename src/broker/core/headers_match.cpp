#include "broker/core/headers_match.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

namespace hiratake::broker::core {

Outcome<HeadersMatch> HeadersMatch::parse(const amqp::Table& arguments) {
    HeadersMatch match;
    bool with_x = false;
    if (const amqp::FieldValue* mode = arguments.find("x-match")) {
        const auto text = mode->as_string();
        if (!text) {
            return precondition_failed(
                fmt::format("Invalid x-match field type {} (value unprintable); expected longstr", mode->type_name()));
        }
        if (*text != "all" && *text != "any" && *text != "all-with-x" && *text != "any-with-x") {
            return precondition_failed(fmt::format(
                "Invalid x-match field value <<\"{}\">>; expected all, any, all-with-x, or any-with-x", *text));
        }
        match.any_ = text->substr(0, 3) == "any";
        with_x = text->size() > 3;
    }
    for (const amqp::Field& field : arguments) {
        if (field.name == "x-match" || (!with_x && std::string_view{field.name}.substr(0, 2) == "x-")) continue;
        match.wanted_.push_back(field);
    }
    return match;
}

bool HeadersMatch::matches(const amqp::Table& headers) const {
    const auto holds = [&headers](const amqp::Field& wanted) {
        const amqp::FieldValue* value = headers.find(wanted.name);
        return value && (wanted.value.is_null() || same_value(wanted.value, *value));
    };
    return any_ ? std::any_of(wanted_.begin(), wanted_.end(), holds)
                : std::all_of(wanted_.begin(), wanted_.end(), holds);
}

bool same_value(const amqp::FieldValue& left, const amqp::FieldValue& right) {
    if (const auto integer = left.as_integer()) return integer == right.as_integer();
    if (const auto number = left.as_double()) return number == right.as_double();
    return left == right;
}

}  // namespace hiratake::broker::core
