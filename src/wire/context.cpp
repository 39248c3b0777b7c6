#include "wire/context.hpp"

#include <fmt/format.h>

#include <string_view>

#include "hiratake/payload/content_error.hpp"
#include "wire/field_value.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::wire {
namespace {

constexpr std::string_view prefix = "nameko.";
constexpr std::string_view stack_header = "nameko.call_id_stack";
constexpr std::string_view stack_key = stack_header.substr(prefix.size());

/// Room behind a stack for the id of the worker that it is for.
constexpr std::size_t usual_id_size = 96;

amqp::DecodeError read_stack(const amqp::FieldView& field, CallIdStack& stack) {
    const auto add = [&stack](const amqp::FieldView& id) {
        if (const auto text = id.as_string()) stack.push_back(*text);
    };
    stack = {};
    stack.reserve(field.size() + usual_id_size);
    add(field);
    return field.for_each_item(add);
}

amqp::DecodeError read_data(std::string_view name, const amqp::FieldView& field, Object& data) {
    amqp::FieldValue value;
    const amqp::DecodeError error = field.decode(value);
    data.append(std::string(name), from_field_value(value));
    return error;
}

}  // namespace

void write_context(amqp::TableWriter& headers, const Context& context, const Logger& logger) {
    if (!context.call_id_stack.empty()) headers.append_texts(stack_header, context.call_id_stack);
    for (const Member& member : context.data) {
        if (member.value.is_null()) {
            logger.warning("the context data `{}` is null and will not be sent", member.name);
        } else if (member.name != stack_key) {
            headers.append(std::string(prefix) + member.name, to_field_value(member.value));
        }
    }
}

amqp::ByteBuffer encode_context(const Context& context, const Logger& logger) {
    amqp::ByteBuffer encoded;
    amqp::TableWriter headers{encoded};
    write_context(headers, context, logger);
    headers.close();
    return encoded;
}

Context read_context(amqp::TableView headers) {
    Context context;
    amqp::DecodeError error_inside = amqp::DecodeError::none;
    const amqp::DecodeError error = headers.for_each([&](std::string_view name, const amqp::FieldView& field) {
        if (is_delivery_header(name)) return;
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
        // A Nameko worker hands on whatever it was sent, with its prefix.
        if (name.starts_with(own_header_prefix)) return;
        const amqp::DecodeError inside =
            name == stack_key ? read_stack(field, context.call_id_stack) : read_data(name, field, context.data);
        if (inside != amqp::DecodeError::none) error_inside = inside;
    });
    for (const amqp::DecodeError each : {error, error_inside}) {
        if (each != amqp::DecodeError::none) {
            throw ContentError(fmt::format("the headers cannot be read: {}", amqp::to_text(each)));
        }
    }
    return context;
}

}  // namespace hiratake::wire
