#include "cli/parked_message.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/payload/sensitive_paths.hpp"
#include "shell/value_text.hpp"
#include "wire/field_value.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::cli {
namespace {

std::string text_in(const amqp::Table& headers, std::string_view name) {
    const amqp::FieldValue* value = headers.find(name);
    return value ? std::string{value->as_string().value_or("")} : std::string{};
}

std::vector<std::string> texts_in(const amqp::Table& headers, std::string_view name) {
    const amqp::FieldValue* value = headers.find(name);
    const Value list = value ? wire::from_field_value(*value) : Value{};
    std::vector<std::string> texts;
    if (const auto* array = list.get_if<Array>()) {
        for (const Value& each : *array) {
            if (const auto* text = each.get_if<std::string>()) texts.push_back(*text);
        }
    }
    return texts;
}

/// Messages and errors come from outside: one stays on its line.
std::string one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    }
    return text;
}

}  // namespace

ParkedMessage::ParkedMessage(const client::Delivery& delivery) : body(delivery.body()) {
    const client::MessageProperties properties = delivery.properties();
    content_type = properties.content_type.value_or("");
    if (!properties.headers) return;
    const amqp::Table& all = *properties.headers;
    id = text_in(all, wire::header::id);
    queue = text_in(all, wire::header::queue);
    handler = text_in(all, wire::header::handler);
    error_type = text_in(all, wire::header::error_type);
    error_message = text_in(all, wire::header::error_message);
    first_failed_at = text_in(all, wire::header::first_failed_at);
    last_failed_at = text_in(all, wire::header::last_failed_at);
    exchange = text_in(all, wire::header::exchange);
    routing_key = text_in(all, wire::header::routing_key);
    sensitive = texts_in(all, wire::header::sensitive);
    attempts = wire::attempt_history(all).failures;
    headers = wire::from_table(wire::replayed_headers(all));
}

std::string ParkedMessage::heading() {
    return fmt::format("{:36}  {:>8}  {:27}  {}", "ID", "ATTEMPTS", "LAST FAILED", "ERROR");
}

std::string ParkedMessage::line() const {
    return one_line(
        fmt::format("{:36}  {:>8}  {:27}  {}: {}", id, attempts, last_failed_at, error_type, error_message));
}

std::string ParkedMessage::shown_body() const {
    if (sensitive.empty()) return body;
    try {
        const payload::SensitivePaths paths{sensitive};
        if (content_type == "application/json") return write_json(paths.redacted(parse_json(body)));
    } catch (const Error&) {
        // It is neither shown in part nor in whole.
    }
    return std::string{payload::SensitivePaths::mask};
}

std::string ParkedMessage::text(bool reveals) const {
    std::string text;
    const auto add = [&text](const char* name, const std::string& value) {
        text += fmt::format("{:13} {}\n", fmt::format("{}:", name), one_line(value));
    };
    add("id", id);
    add("queue", queue);
    add("handler", handler);
    add("attempts", std::to_string(attempts));
    add("first failed", first_failed_at);
    add("last failed", last_failed_at);
    add("error", fmt::format("{}: {}", error_type, error_message));
    add("exchange", exchange);
    add("routing key", routing_key);
    add("headers", shell::to_text(headers));
    add("content type", content_type);
    return text + "\n" + (reveals ? body : shown_body()) + "\n";
}

Value ParkedMessage::to_value(bool reveals) const {
    return Object{{"id", id},
                  {"queue", queue},
                  {"handler", handler},
                  {"attempts", attempts},
                  {"first_failed_at", first_failed_at},
                  {"last_failed_at", last_failed_at},
                  {"error_type", error_type},
                  {"error_message", error_message},
                  {"exchange", exchange},
                  {"routing_key", routing_key},
                  {"headers", headers},
                  {"content_type", content_type},
                  {"body", reveals ? body : shown_body()}};
}

}  // namespace hiratake::cli
