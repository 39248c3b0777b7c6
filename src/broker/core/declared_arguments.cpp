#include "broker/core/declared_arguments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "amqp/wire_writer.hpp"
#include "broker/core/headers_match.hpp"
#include "broker/core/publish_properties.hpp"

namespace hiratake::broker::core {
namespace {

constexpr std::int64_t max_priority_limit = 255;

constexpr std::array<std::string_view, 16> queue_arguments{"x-expires",
                                                           "x-message-ttl",
                                                           "x-dead-letter-exchange",
                                                           "x-dead-letter-routing-key",
                                                           "x-max-length",
                                                           "x-max-length-bytes",
                                                           "x-max-in-memory-length",
                                                           "x-max-in-memory-bytes",
                                                           "x-max-priority",
                                                           "x-overflow",
                                                           "x-queue-mode",
                                                           "x-single-active-consumer",
                                                           "x-queue-type",
                                                           "x-queue-version",
                                                           "x-quorum-initial-group-size",
                                                           "x-delivery-limit"};
constexpr std::array<std::string_view, 1> exchange_arguments{"alternate-exchange"};

MaybeFault invalid(std::string_view argument, std::string_view subject, std::string_view why) {
    return precondition_failed(fmt::format("invalid arg '{}' for {}: {}", argument, subject, why));
}

std::string wrong_type(std::string_view expected, const amqp::FieldValue& value) {
    return fmt::format("\"expected {}, got {}\"", expected, value.type_name());
}

/// Reads the arguments of one declaration, each kind of value by one function; the first that is wrong is the fault.
class Reader {
  public:
    Reader(QueueSettings& settings, std::string_view subject) : settings_(settings), subject_(subject) {}

    MaybeFault milliseconds(std::string_view name, bool zero_is_allowed,
                            std::optional<std::chrono::milliseconds>& result) {
        std::optional<std::uint64_t> number;
        if (MaybeFault fault = natural(name, number)) return fault;
        if (!number) return std::nullopt;
        if (*number == 0 && !zero_is_allowed) return invalid(name, subject_, "{value_zero,0}");
        if (*number > static_cast<std::uint64_t>(longest_expiration_ms)) {
            return invalid(name, subject_, fmt::format("{{value_too_large,{}}}", *number));
        }
        result = std::chrono::milliseconds{static_cast<std::int64_t>(*number)};
        return std::nullopt;
    }

    MaybeFault natural(std::string_view name, std::optional<std::uint64_t>& result) {
        const amqp::FieldValue* value = settings_.arguments.find(name);
        if (!value) return std::nullopt;
        const auto number = value->as_integer();
        if (!number) return invalid(name, subject_, wrong_type("integer", *value));
        if (*number < 0) return invalid(name, subject_, fmt::format("{{value_negative,{}}}", *number));
        result = static_cast<std::uint64_t>(*number);
        return std::nullopt;
    }

    MaybeFault text(std::string_view name, std::optional<std::string>& result) {
        const amqp::FieldValue* value = settings_.arguments.find(name);
        if (!value) return std::nullopt;
        const auto text = value->as_string();
        if (!text) {
            return precondition_failed(
                fmt::format("invalid type '{}' for arg '{}' in {}", value->type_name(), name, subject_));
        }
        if (text->size() > amqp::max_short_string) return invalid(name, subject_, "\"longer than 255 bytes\"");
        result = *text;
        return std::nullopt;
    }

    MaybeFault max_priority() {
        std::optional<std::uint64_t> priority;
        if (MaybeFault fault = natural("x-max-priority", priority)) return fault;
        if (!priority) return std::nullopt;
        if (*priority > max_priority_limit) {
            return invalid("x-max-priority", subject_, fmt::format("{{max_value_exceeded,{}}}", *priority));
        }
        settings_.max_priority = static_cast<std::uint8_t>(*priority);
        return std::nullopt;
    }

    MaybeFault overflow() {
        const amqp::FieldValue* value = settings_.arguments.find("x-overflow");
        if (!value) return std::nullopt;
        const auto text = value->as_string();
        if (!text) return invalid("x-overflow", subject_, fmt::format("{{unacceptable_type,{}}}", value->type_name()));
        if (*text == "reject-publish") {
            settings_.overflow = Overflow::reject_publish;
        } else if (*text == "reject-publish-dlx") {
            settings_.overflow = Overflow::reject_publish_dead_letter;
        } else if (*text != "drop-head") {
            return invalid("x-overflow", subject_, "invalid_overflow");
        }
        return std::nullopt;
    }

    MaybeFault queue_mode() {
        const amqp::FieldValue* value = settings_.arguments.find("x-queue-mode");
        if (!value) return std::nullopt;
        const auto mode = value->as_string();
        if (mode == "default" || mode == "lazy") return std::nullopt;
        return invalid("x-queue-mode", subject_,
                       mode ? fmt::format("\"unsupported queue mode '{}'\"", *mode)
                            : fmt::format("{{unacceptable_type,{}}}", value->type_name()));
    }

    MaybeFault single_active_consumer() {
        const amqp::FieldValue* value = settings_.arguments.find("x-single-active-consumer");
        if (!value) return std::nullopt;
        const auto flag = value->as_bool();
        if (!flag) {
            return invalid("x-single-active-consumer", subject_,
                           fmt::format("{{unacceptable_type,{}}}", value->type_name()));
        }
        settings_.single_active_consumer = *flag;
        return std::nullopt;
    }

    MaybeFault queue_type() {
        if (const amqp::FieldValue* value = settings_.arguments.find("x-queue-type")) {
            const auto type = value->as_string();
            settings_.is_quorum = type == "quorum";
            if (type != "classic" && !settings_.is_quorum) {
                return invalid("x-queue-type", subject_,
                               type ? fmt::format("\"unsupported queue type '{}'\"", *type)
                                    : fmt::format("{{unacceptable_type,{}}}", value->type_name()));
            }
        }
        return settings_.is_quorum ? quorum_properties() : classic_properties();
    }

    MaybeFault dead_letter_routing_key() {
        if (MaybeFault fault = text("x-dead-letter-routing-key", settings_.dead_letter_routing_key)) return fault;
        if (settings_.dead_letter_routing_key && !settings_.dead_letter_exchange) {
            return invalid("x-dead-letter-routing-key", subject_, "routing_key_but_no_dlx_defined");
        }
        return std::nullopt;
    }

  private:
    MaybeFault quorum_properties() {
        const auto refused = [this](std::string_view property) {
            return precondition_failed(fmt::format("invalid property '{}' for {}", property, subject_));
        };
        if (settings_.auto_delete) return refused("auto-delete");
        if (settings_.exclusive_owner) return refused("exclusive-owner");
        if (!settings_.durable) return refused("non-durable");
        return natural("x-delivery-limit", settings_.delivery_limit);
    }

    MaybeFault classic_properties() {
        for (const std::string_view name : {"x-queue-leader-locator", "x-quorum-initial-group-size", "x-delivery-limit",
                                            "x-max-in-memory-length", "x-max-in-memory-bytes"}) {
            if (settings_.arguments.contains(name)) {
                return precondition_failed(
                    fmt::format("invalid arg '{}' for {} of queue type rabbit_classic_queue", name, subject_));
            }
        }
        return std::nullopt;
    }

    QueueSettings& settings_;
    std::string_view subject_;
};

std::string printed(const amqp::FieldValue& value) {
    if (const auto integer = value.as_integer()) return fmt::format("{}", *integer);
    if (const auto text = value.as_string()) return std::string{*text};
    if (const auto flag = value.as_bool()) return *flag ? "true" : "false";
    if (const auto number = value.as_double()) return fmt::format("{}", *number);
    return std::string{value.type_name()};
}

std::string printed_with_type(const amqp::FieldValue* value) {
    return value ? fmt::format("the value '{}' of type '{}'", printed(*value), value->type_name()) : "none";
}

}  // namespace

MaybeFault read_queue_arguments(QueueSettings& settings, std::string_view subject) {
    Reader read{settings, subject};
    if (MaybeFault fault = read.queue_type()) return fault;
    if (MaybeFault fault = read.milliseconds("x-expires", false, settings.expires)) return fault;
    if (MaybeFault fault = read.milliseconds("x-message-ttl", true, settings.message_ttl)) return fault;
    if (MaybeFault fault = read.text("x-dead-letter-exchange", settings.dead_letter_exchange)) return fault;
    if (MaybeFault fault = read.dead_letter_routing_key()) return fault;
    if (MaybeFault fault = read.natural("x-max-length", settings.max_length)) return fault;
    if (MaybeFault fault = read.natural("x-max-length-bytes", settings.max_length_bytes)) return fault;
    if (MaybeFault fault = read.max_priority()) return fault;
    if (MaybeFault fault = read.overflow()) return fault;
    if (MaybeFault fault = read.queue_mode()) return fault;
    return read.single_active_consumer();
}

Outcome<std::optional<std::string>> read_alternate_exchange(const amqp::Table& arguments, std::string_view subject) {
    const amqp::FieldValue* value = arguments.find("alternate-exchange");
    if (!value) return std::optional<std::string>{};
    const auto name = value->as_string();
    if (!name) {
        return precondition_failed(
            fmt::format("invalid type '{}' for arg 'alternate-exchange' in {}", value->type_name(), subject));
    }
    return std::optional<std::string>{*name};
}

Outcome<std::int64_t> read_consumer_priority(const amqp::Table& arguments, std::string_view subject) {
    const amqp::FieldValue* value = arguments.find("x-priority");
    if (!value) return 0;
    const auto priority = value->as_integer();
    if (!priority) return *invalid("x-priority", subject, wrong_type("integer", *value));
    return *priority;
}

MaybeFault check_equivalent_arguments(const amqp::Table& current, const amqp::Table& received,
                                      std::span<const std::string_view> names, std::string_view subject) {
    for (const std::string_view name : names) {
        const amqp::FieldValue* now = current.find(name);
        const amqp::FieldValue* wanted = received.find(name);
        if (!now && !wanted) continue;
        if (now && wanted && same_value(*now, *wanted)) continue;
        // A queue without a type is a classic one.
        if (name == "x-queue-type" && !(now && wanted) && (now ? now : wanted)->as_string() == "classic") continue;
        return precondition_failed(now && wanted
                                       ? fmt::format("inequivalent arg '{}' for {}: received '{}' but current is '{}'",
                                                     name, subject, printed(*wanted), printed(*now))
                                       : fmt::format("inequivalent arg '{}' for {}: received {} but current is {}",
                                                     name, subject, printed_with_type(wanted), printed_with_type(now)));
    }
    return std::nullopt;
}

MaybeFault check_equivalent_flag(bool current, bool received, std::string_view flag, std::string_view subject) {
    if (current == received) return std::nullopt;
    return precondition_failed(fmt::format("inequivalent arg '{}' for {}: received '{}' but current is '{}'", flag,
                                           subject, received, current));
}

std::span<const std::string_view> known_queue_arguments() {
    return queue_arguments;
}
std::span<const std::string_view> known_exchange_arguments() {
    return exchange_arguments;
}

}  // namespace hiratake::broker::core
