#include "hiratake/client/delivery.hpp"

#include <fmt/format.h>

#include <utility>

#include "amqp/properties.hpp"
#include "client/delivery_content.hpp"
#include "hiratake/client/errors.hpp"

namespace hiratake::client {
namespace {

void require(amqp::DecodeError outcome, const Delivery& delivery, std::string_view queue) {
    if (outcome == amqp::DecodeError::none) return;
    throw ConnectionError{
        fmt::format("the properties of a message from queue '{}' (exchange '{}', routing key '{}') cannot be read: {}",
                    queue, delivery.exchange(), delivery.routing_key(), to_text(outcome))};
}

}  // namespace

Delivery::Delivery() = default;
Delivery::Delivery(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Delivery::Delivery(Delivery&& other) noexcept = default;

Delivery& Delivery::operator=(Delivery&& other) noexcept {
    if (this != &other) {
        if (!is_settled()) reject(true);
        content_ = std::move(other.content_);
    }
    return *this;
}

Delivery::~Delivery() {
    if (!is_settled()) reject(true);
}

std::string_view Delivery::body() const {
    return content_->incoming.message.body();
}

std::string_view Delivery::exchange() const {
    return content_->incoming.message.exchange();
}

std::string_view Delivery::routing_key() const {
    return content_->incoming.message.routing_key();
}

MessageProperties Delivery::properties() const {
    MessageProperties properties;
    const auto outcome = amqp::decode_properties(content_->incoming.message.encoded_properties(), properties);
    require(outcome, *this, content_->subscription->options().queue);
    return properties;
}

MessageProperties Delivery::scan_properties() const {
    MessageProperties properties;
    const auto outcome = amqp::scan_properties(content_->incoming.message.encoded_properties(), properties);
    require(outcome, *this, content_->subscription->options().queue);
    return properties;
}

bool Delivery::redelivered() const {
    return content_->incoming.redelivered;
}

std::string_view Delivery::consumer_tag() const {
    return content_->subscription->options().consumer_tag;
}

void Delivery::ack() {
    if (is_settled()) return;
    content_->is_settled = true;
    content_->inbox->settle(content_->incoming.key, core::Settlement::ack);
}

void Delivery::reject(bool requeue) {
    if (is_settled()) return;
    content_->is_settled = true;
    content_->inbox->settle(content_->incoming.key, requeue ? core::Settlement::requeue : core::Settlement::discard);
}

bool Delivery::is_settled() const {
    return !content_ || content_->is_settled;
}

}  // namespace hiratake::client
