#include "wire/context.hpp"

#include <string_view>
#include <utility>

#include "wire/field_value.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::wire {
namespace {

constexpr std::string_view prefix = "nameko.";
constexpr std::string_view stack_key = "call_id_stack";

std::vector<std::string> read_stack(Value&& value) {
    std::vector<std::string> stack;
    if (std::string* only = value.get_if<std::string>()) stack.push_back(std::move(*only));
    if (Array* ids = value.get_if<Array>()) {
        for (Value& id : *ids) {
            if (std::string* text = id.get_if<std::string>()) stack.push_back(std::move(*text));
        }
    }
    return stack;
}

}  // namespace

amqp::Table encode_context(const Context& context, const Logger& logger) {
    amqp::Table headers;
    if (!context.call_id_stack.empty()) {
        amqp::Array stack;
        for (const std::string& id : context.call_id_stack) stack.items.emplace_back(id);
        headers.append(std::string(prefix).append(stack_key), std::move(stack));
    }
    for (const Member& member : context.data) {
        if (member.value.is_null()) {
            logger.warning("the context data `{}` is null and will not be sent", member.name);
        } else if (member.name != stack_key) {
            headers.append(std::string(prefix) + member.name, to_field_value(member.value));
        }
    }
    return headers;
}

Context decode_context(const amqp::Table& headers) {
    Context context;
    std::vector<Member> members;
    members.reserve(headers.size());
    for (const amqp::Field& header : headers) {
        std::string_view name = header.name;
        if (is_delivery_header(name)) continue;
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
        // A Nameko worker hands on whatever it was sent, with its prefix.
        if (name.starts_with(own_header_prefix)) continue;
        if (name == stack_key) {
            context.call_id_stack = read_stack(from_field_value(header.value));
        } else {
            members.push_back({std::string(name), from_field_value(header.value)});
        }
    }
    context.data = Object(std::move(members));
    return context;
}

}  // namespace hiratake::wire
