#include "broker/core/publishing.hpp"

#include <fmt/core.h>

#include <string>
#include <utility>
#include <vector>

#include "amqp/reply_code.hpp"
#include "broker/core/broker.hpp"
#include "broker/core/channel.hpp"
#include "broker/core/direct_reply_to.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/exchange_methods.hpp"
#include "broker/core/lazy_headers.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {
MaybeFault Publishing::publish(const amqp::BasicPublish& method, const amqp::Content& content) {
    if (method.immediate) return not_implemented("immediate=true");
    if (MaybeFault fault = channel_.session().access().check_exchange(Access::write, method.exchange)) return fault;
    const auto exchange = find_exchange(channel_.vhost(), method.exchange);
    if (!exchange) return exchange.error();
    Outcome<PublishProperties> properties = read_publish_properties(content.properties);
    if (!properties) return properties.error();
    if (MaybeFault fault = check(method, **exchange, *properties)) return fault;

    Publication publication = prepare(method, content, *properties);
    channel_.session().note_publish();
    if (channel_.transaction) {
        channel_.transaction->publications.push_back(std::move(publication));
        return std::nullopt;
    }
    const bool accepted = route(publication, *exchange);
    if (channel_.confirms) {
        if (!channel_.confirms->has_answers()) channel_.session().add_confirming(channel_);
        channel_.confirms->settle(channel_.confirms->next_tag(), accepted);
    }
    return std::nullopt;
}

MaybeFault Publishing::check(const amqp::BasicPublish& method, const Exchange& exchange,
                             PublishProperties& properties) {
    if (exchange.settings().internal) {
        return access_refused(fmt::format("cannot publish to internal {}",
                                          described("exchange", method.exchange, channel_.vhost().name())));
    }
    if (properties.reply_to == DirectReplyTo::pseudo_queue && !channel_.has_reply_consumer()) {
        return precondition_failed("fast reply consumer does not exist");
    }
    const User& user = channel_.session().access().user();
    if (properties.user_id && *properties.user_id != user.name && !user.has_tag("impersonator")) {
        return precondition_failed(fmt::format("user_id property set to '{}' but authenticated user was '{}'",
                                               *properties.user_id, user.name));
    }
    if (MaybeFault fault = check_expiration(properties)) return fault;
    return read_copies(properties);
}

Publication Publishing::prepare(const amqp::BasicPublish& method, const amqp::Content& content,
                                PublishProperties& properties) {
    amqp::ByteBuffer changed;
    std::string_view encoded = content.properties;
    if (properties.blind_copies) encoded = changed = without_blind_copies(encoded);
    if (properties.reply_to == DirectReplyTo::pseudo_queue) {
        encoded = changed = with_reply_to(encoded, DirectReplyTo::name_of(channel_.reply_token()));
    }
    MessagePointer message = Message::create({method.exchange, method.routing_key, encoded, content.body},
                                             properties.facts, channel_.environment().memory);
    return {std::move(message), std::move(properties.copies), method.mandatory};
}

bool Publishing::route(const Publication& publication, Exchange* exchange) {
    const Message& message = *publication.message;
    bool reached = false;
    bool accepted = true;
    if (exchange) {
        LazyHeaders headers{message.encoded_properties()};
        const std::string_view routing_key = message.routing_key();
        std::span<const std::string_view> routing_keys{&routing_key, 1};
        std::vector<std::string_view> with_copies;
        if (!publication.copies.empty()) {
            with_copies.push_back(routing_key);
            with_copies.insert(with_copies.end(), publication.copies.begin(), publication.copies.end());
            routing_keys = with_copies;
        }
        for (Queue* queue : channel_.vhost().route(*exchange, routing_keys, headers)) {
            reached = true;
            accepted = queue->offer(publication.message) && accepted;
        }
        if (!reached && exchange->is_default())
            reached = channel_.session().broker().direct_reply_to().deliver(message);
    }
    if (!reached && publication.mandatory) {
        channel_.send_content(amqp::BasicReturn{.reply_code = amqp::number(amqp::ReplyCode::no_route),
                                                .reply_text = amqp::reply_code_name(amqp::ReplyCode::no_route),
                                                .exchange = message.exchange(),
                                                .routing_key = message.routing_key()},
                              message);
    }
    return accepted;
}

}  // namespace hiratake::broker::core
