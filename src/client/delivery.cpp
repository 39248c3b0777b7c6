#include "hiratake/client/delivery.hpp"

#include <fmt/format.h>

#include <utility>

#include "amqp/properties.hpp"
#include "client/core/incoming_delivery.hpp"
#include "hiratake/client/errors.hpp"

namespace hiratake::client {
namespace {

void require(amqp::DecodeError outcome, const core::IncomingDelivery& incoming) {
    if (outcome == amqp::DecodeError::none) return;
    throw ConnectionError{
        fmt::format("the properties of a message from queue '{}' (exchange '{}', routing key '{}') cannot be read: {}",
                    incoming.origin ? incoming.origin->options().queue : "", incoming.exchange(),
                    incoming.routing_key(), to_text(outcome))};
}

}  // namespace

Delivery::Delivery() = default;
Delivery::Delivery(std::unique_ptr<core::IncomingDelivery> incoming) : incoming_(std::move(incoming)) {}
Delivery::Delivery(Delivery&& other) noexcept = default;

Delivery& Delivery::operator=(Delivery&& other) noexcept {
    if (this != &other) {
        if (!is_settled()) reject(true);
        incoming_ = std::move(other.incoming_);
    }
    return *this;
}

Delivery::~Delivery() {
    if (!is_settled()) reject(true);
}

std::string_view Delivery::body() const {
    return incoming_->body();
}

std::string_view Delivery::exchange() const {
    return incoming_->exchange();
}

std::string_view Delivery::routing_key() const {
    return incoming_->routing_key();
}

MessageProperties Delivery::properties() const {
    MessageProperties properties;
    const auto outcome = amqp::decode_properties(incoming_->encoded_properties(), properties);
    require(outcome, *incoming_);
    return properties;
}

MessageProperties Delivery::scan_properties() const {
    MessageProperties properties;
    const auto outcome = amqp::scan_properties(incoming_->encoded_properties(), properties);
    require(outcome, *incoming_);
    return properties;
}

bool Delivery::redelivered() const {
    return incoming_->redelivered;
}

std::string_view Delivery::consumer_tag() const {
    return incoming_->origin ? std::string_view{incoming_->origin->options().consumer_tag} : "";
}

void Delivery::ack() {
    if (is_settled()) return;
    incoming_->is_settled = true;
    incoming_->origin->settle(incoming_->key, core::Settlement::ack);
}

void Delivery::reject(bool requeue) {
    if (is_settled()) return;
    incoming_->is_settled = true;
    incoming_->origin->settle(incoming_->key, requeue ? core::Settlement::requeue : core::Settlement::discard);
}

bool Delivery::is_settled() const {
    return !incoming_ || incoming_->is_settled;
}

}  // namespace hiratake::client
