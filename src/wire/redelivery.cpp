#include "wire/redelivery.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "hiratake/payload/convert_chrono.hpp"

namespace hiratake::wire {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view delay_header = "backoff";
constexpr std::string_view deaths_header = "x-death";
// RabbitMQ: further queues that a message is for. It has been put into these already.
constexpr std::string_view copies_header = "CC";
constexpr std::size_t longest_error_message = 2048;

amqp::FieldValue integer(milliseconds duration) {
    return static_cast<std::int32_t>(duration.count());
}

std::optional<std::string> text_in(const amqp::Table& headers, std::string_view name) {
    const amqp::FieldValue* value = headers.find(name);
    const auto text = value ? value->as_string() : std::nullopt;
    return text ? std::optional<std::string>{*text} : std::nullopt;
}

std::int64_t integer_in(const amqp::Table& headers, std::string_view name) {
    const amqp::FieldValue* value = headers.find(name);
    return value ? value->as_integer().value_or(0) : 0;
}

/// As nameko-amqp-retry counts.
std::int64_t deaths_by_backoff(const amqp::Table& headers) {
    const amqp::FieldValue* value = headers.find(deaths_header);
    const amqp::Array* deaths = value ? value->as_array() : nullptr;
    if (!deaths) return 0;
    std::int64_t sum = 0;
    for (const amqp::FieldValue& item : deaths->items) {
        const amqp::Table* death = item.as_table();
        if (death && text_in(*death, "exchange") == backoff_exchange_name) sum += integer_in(*death, "count");
    }
    return sum;
}

std::string iso_text(WallTime moment) {
    return payload::to_iso_text(std::chrono::floor<milliseconds>(moment));
}

void write_attempt(amqp::Table& headers, const FailedAttempt& attempt) {
    // Later, the message comes through the default exchange.
    const bool is_first = attempt.failures == 1;
    if (is_first) {
        headers.set(header::exchange, attempt.exchange);
        headers.set(header::routing_key, attempt.routing_key);
    }
    const std::string at = iso_text(attempt.at);
    if (is_first || !headers.contains(header::first_failed_at)) headers.set(header::first_failed_at, at);
    headers.set(header::last_failed_at, at);
    headers.set(header::attempts, static_cast<std::int32_t>(attempt.failures));
    headers.erase(copies_header);
}

amqp::Array texts(const std::vector<std::string>& list) {
    amqp::Array array;
    for (const std::string& text : list) array.items.emplace_back(text);
    return array;
}

/// Without half a character at the end.
std::string_view shortened(std::string_view text) {
    if (text.size() <= longest_error_message) return text;
    std::size_t size = longest_error_message;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

}  // namespace

amqp::Exchange backoff_exchange() {
    return {.name = std::string{backoff_exchange_name}, .type = "headers"};
}

std::string waiting_queue_name(milliseconds delay) {
    return std::string{backoff_exchange_name} + "--" + std::to_string(delay.count()) + "ms";
}

amqp::Topology waiting_topology(milliseconds delay) {
    const std::string queue = waiting_queue_name(delay);
    return {
        backoff_exchange(),
        amqp::Queue{.name = queue,
                    .arguments = {{"x-expires", integer(delay + waiting_queue_grace)}, {"x-dead-letter-exchange", ""}}},
        amqp::Binding{.queue = queue,
                      .exchange = std::string{backoff_exchange_name},
                      .arguments = {{std::string{delay_header}, integer(delay)}, {"x-match", "any"}}}};
}

std::string parked_queue_name(std::string_view queue) {
    return std::string{queue} + ".parked";
}

amqp::Topology parked_topology(std::string_view queue) {
    return {amqp::Queue{.name = parked_queue_name(queue)}};
}

AttemptHistory attempt_history(const amqp::Table& headers) {
    const std::int64_t failures = std::max(integer_in(headers, header::attempts), deaths_by_backoff(headers));
    return {
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(failures, 0, std::numeric_limits<std::int32_t>::max() - 1)),
        text_in(headers, header::exchange), text_in(headers, header::routing_key)};
}

std::uint32_t failures_in(amqp::TableView headers) {
    amqp::Table told;
    for (const std::string_view name : {header::attempts, deaths_header}) {
        amqp::FieldValue value;
        const auto field = headers.find(name);
        if (field && field->decode(value) == amqp::DecodeError::none) told.append(std::string{name}, std::move(value));
    }
    return told.empty() ? 0 : attempt_history(told).failures;
}

amqp::Table waiting_headers(amqp::Table headers, const FailedAttempt& attempt, milliseconds delay,
                            const CallIdStack& call_id_stack) {
    write_attempt(headers, attempt);
    headers.set(delay_header, integer(delay));
    if (!call_id_stack.empty()) {
        amqp::Array ids;
        for (const std::string_view id : call_id_stack) ids.items.emplace_back(std::string{id});
        ids.items.back() = std::string{call_id_stack.back()} + ".backoff";
        headers.set("nameko.call_id_stack", std::move(ids));
    }
    return headers;
}

amqp::Table parked_headers(amqp::Table headers, const FailedAttempt& attempt, const ParkingReason& reason) {
    write_attempt(headers, attempt);
    headers.erase(delay_header);
    headers.set(header::id, reason.id);
    headers.set(header::queue, reason.queue);
    headers.set(header::handler, reason.handler);
    headers.set(header::error_type, reason.error_type);
    headers.set(header::error_message, shortened(reason.error_message));
    if (!reason.sensitive.empty()) headers.set(header::sensitive, texts(reason.sensitive));
    return headers;
}

amqp::Table replayed_headers(const amqp::Table& headers) {
    amqp::Table kept;
    for (const amqp::Field& field : headers) {
        if (!is_delivery_header(field.name)) kept.append(field.name, field.value);
    }
    return kept;
}

bool is_delivery_header(std::string_view name) {
    return name.starts_with(own_header_prefix) || name.starts_with(deaths_header) ||
           name.starts_with("x-first-death-") || name == delay_header;
}

}  // namespace hiratake::wire
