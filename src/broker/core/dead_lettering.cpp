#include "broker/core/dead_lettering.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "amqp/properties.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/publish_properties.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {
namespace {

std::optional<std::string_view> text_of(const amqp::Table& death, std::string_view name) {
    const amqp::FieldValue* value = death.find(name);
    return value ? value->as_string() : std::nullopt;
}

bool is_death(const amqp::FieldValue& entry, std::string_view queue, std::string_view reason) {
    const amqp::Table* death = entry.as_table();
    return death && text_of(*death, "queue") == queue && text_of(*death, "reason") == reason;
}

amqp::Array* deaths_of(amqp::Table& headers) {
    amqp::FieldValue* deaths = headers.find("x-death");
    return deaths ? deaths->get_if<amqp::Array>() : nullptr;
}

std::vector<std::string> carbon_copies(const amqp::Table& headers) {
    std::vector<std::string> keys;
    const amqp::FieldValue* copies = headers.find("CC");
    if (const amqp::Array* list = copies ? copies->as_array() : nullptr) {
        for (const amqp::FieldValue& key : list->items) {
            if (const auto text = key.as_string()) keys.emplace_back(*text);
        }
    }
    return keys;
}

amqp::Table first_death(const DeadLetter& letter, const amqp::Properties& properties) {
    amqp::Array routing_keys;
    routing_keys.items.emplace_back(letter.message->routing_key());
    for (std::string& key : carbon_copies(*properties.headers)) routing_keys.items.emplace_back(std::move(key));
    const auto since_epoch = letter.queue->vhost().environment().clock.wall_time().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
    amqp::Table death{{"count", std::int64_t{1}},
                      {"reason", name_of(letter.reason)},
                      {"queue", letter.queue->name()},
                      {"time", amqp::Timestamp{static_cast<std::uint64_t>(seconds)}},
                      {"exchange", letter.message->exchange()},
                      {"routing-keys", std::move(routing_keys)}};
    if (properties.expiration) death.append("original-expiration", *properties.expiration);
    return death;
}

/// The list of deaths, newest first, one for each queue and reason.
void record_death(const DeadLetter& letter, amqp::Properties& properties) {
    amqp::Table& headers = *properties.headers;
    const std::string_view reason = name_of(letter.reason);
    if (!deaths_of(headers)) {
        headers.set("x-death", amqp::Array{});
        headers.set("x-first-death-exchange", letter.message->exchange());
        headers.set("x-first-death-queue", letter.queue->name());
        headers.set("x-first-death-reason", reason);
    }
    std::vector<amqp::FieldValue>& deaths = deaths_of(headers)->items;
    const auto known = std::find_if(deaths.begin(), deaths.end(), [&](const amqp::FieldValue& death) {
        return is_death(death, letter.queue->name(), reason);
    });
    if (known == deaths.end()) {
        deaths.insert(deaths.begin(), first_death(letter, properties));
        return;
    }
    amqp::Table& death = *known->get_if<amqp::Table>();
    const amqp::FieldValue* count = death.find("count");
    death.set("count", (count ? count->as_integer().value_or(0) : 0) + 1);
    death = death.sorted();  // as RabbitMQ does with a table that it changes
    std::rotate(deaths.begin(), known, std::next(known));
}

/// Whether the message has died in the queue before and nobody has rejected it since.
bool would_go_round(const amqp::Table& headers, const Queue& queue) {
    const amqp::FieldValue* deaths = headers.find("x-death");
    const amqp::Array* list = deaths ? deaths->as_array() : nullptr;
    if (!list) return false;
    for (const amqp::FieldValue& entry : list->items) {
        const amqp::Table* death = entry.as_table();
        if (!death) continue;
        if (text_of(*death, "reason") == name_of(DeathReason::rejected)) return false;
        if (text_of(*death, "queue") == queue.name()) return true;
    }
    return false;
}

MessagePointer rewritten(const Message& message, std::string_view exchange, std::string_view routing_key,
                         const amqp::Properties& properties, MessageFacts facts) {
    amqp::ByteBuffer encoded;
    amqp::encode_properties(encoded, properties, amqp::Letters::exact);
    return Message::create({exchange, routing_key, encoded, message.body()}, facts, message.meter());
}

}  // namespace

std::string_view name_of(DeathReason reason) {
    switch (reason) {
        case DeathReason::rejected: return "rejected";
        case DeathReason::expired: return "expired";
        case DeathReason::max_length: return "maxlen";
        case DeathReason::delivery_limit: return "delivery_limit";
    }
    return {};
}

void send_dead_letter(const DeadLetter& letter) {
    const QueueSettings& settings = letter.queue->settings();
    Vhost& vhost = letter.queue->vhost();
    Exchange* exchange = vhost.find_exchange(*settings.dead_letter_exchange);
    if (!exchange) return;

    amqp::Properties properties;
    static_cast<void>(amqp::decode_properties(letter.message->encoded_properties(), properties));
    if (!properties.headers) properties.headers.emplace();
    record_death(letter, properties);
    properties.expiration.reset();

    std::string_view routing_key = letter.message->routing_key();
    std::vector<std::string> copies;
    if (settings.dead_letter_routing_key) {
        routing_key = *settings.dead_letter_routing_key;
        properties.headers->erase("CC");
    } else {
        copies = carbon_copies(*properties.headers);
    }
    MessageFacts facts = letter.message->facts();
    facts.expiration.reset();
    const MessagePointer message = rewritten(*letter.message, exchange->name(), routing_key, properties, facts);

    std::vector<std::string_view> routing_keys{routing_key};
    routing_keys.insert(routing_keys.end(), copies.begin(), copies.end());
    LazyHeaders headers{message->encoded_properties()};
    for (Queue* queue : vhost.route(*exchange, routing_keys, headers)) {
        if (letter.reason != DeathReason::rejected && would_go_round(*properties.headers, *queue)) continue;
        queue->offer(message);
    }
}

MessagePointer with_delivery_count(const Message& message, std::uint32_t count) {
    amqp::Properties properties;
    static_cast<void>(amqp::decode_properties(message.encoded_properties(), properties));
    if (!properties.headers) properties.headers.emplace();
    properties.headers->set("x-delivery-count", std::int64_t{count});
    return rewritten(message, message.exchange(), message.routing_key(), properties, message.facts());
}

}  // namespace hiratake::broker::core
