#include "broker/core/channel.hpp"

#include <fmt/core.h>

#include <utility>

#include "amqp/dispatch.hpp"
#include "broker/core/broker.hpp"
#include "broker/core/channel_dispatcher.hpp"
#include "broker/core/direct_reply_to.hpp"
#include "broker/core/environment.hpp"
#include "broker/core/names.hpp"
#include "broker/core/publishing.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

Channel::Channel(Session& session, std::uint16_t number)
    : session_(session), number_(number), assembler_(session.broker().limits().max_message_size) {}

Channel::~Channel() {
    release();
}

Environment& Channel::environment() const {
    return session_.broker().environment();
}

MaybeFault Channel::handle(const amqp::Frame& frame) {
    if (!assembler_.idle()) return handle_content(frame);
    if (frame.type != amqp::FrameType::method) {
        Fault fault = unexpected_frame("expected method frame, got non method frame instead");
        fault.names_method = false;
        return fault;
    }
    return handle_method(frame.payload);
}

MaybeFault Channel::handle_method(std::string_view payload) {
    current_method_ = amqp::peek_method_id(payload).value_or(amqp::MethodId{});
    ChannelDispatcher dispatcher{*this};
    const amqp::DecodeError error = amqp::dispatch_to_server(payload, dispatcher);
    return error == amqp::DecodeError::none ? std::move(dispatcher.fault) : fault_of(error);
}

void Channel::expect_content(const amqp::BasicPublish& method) {
    publish_.assign(method);
    assembler_.begin(amqp::BasicPublish::id);
}

MaybeFault Channel::handle_content(const amqp::Frame& frame) {
    switch (assembler_.add(frame)) {
        case amqp::ContentStatus::incomplete: return std::nullopt;
        case amqp::ContentStatus::complete: return Publishing{*this}.publish(*publish_, assembler_.content());
        case amqp::ContentStatus::error: break;
    }
    return content_fault();
}

MaybeFault Channel::content_fault() const {
    const auto expected = [](std::string_view what, std::string_view got) {
        return unexpected_frame(fmt::format("expected {} for class 60, got {} instead", what, got));
    };
    switch (assembler_.error()) {
        case amqp::ContentError::header_of_another_class:
            return expected("content header", fmt::format("one for class {}", assembler_.header_class()));
        case amqp::ContentError::body_expected: return expected("content body", "non content body frame");
        case amqp::ContentError::malformed_header:
            return Fault{amqp::ReplyCode::frame_error, "malformed content header"};
        case amqp::ContentError::body_longer_than_announced:
            return Fault{amqp::ReplyCode::frame_error, "more body than the content header announced"};
        case amqp::ContentError::message_too_large:
            return precondition_failed(fmt::format("message size {} is larger than configured max size {}",
                                                   assembler_.announced_size(),
                                                   session_.broker().limits().max_message_size));
        case amqp::ContentError::none:
        case amqp::ContentError::method_expected:
        case amqp::ContentError::header_expected: break;
    }
    return expected("content header", "non content header frame");
}

Outcome<std::string> Channel::resolve_queue_name(std::string_view name) const {
    if (!name.empty()) return without_line_breaks(name);
    if (last_queue_.empty()) return not_found("no previously declared queue");
    return last_queue_;
}

void Channel::forget_queue(std::string_view name) {
    if (last_queue_ == name) last_queue_.clear();
}

Outcome<Queue*> Channel::find_queue(std::string_view name) const {
    Queue* queue = vhost().find_queue(name);
    if (!queue) return not_found("no " + described("queue", name, vhost().name()));
    if (MaybeFault fault = check_exclusive_access(*queue)) return *std::move(fault);
    return queue;
}

MaybeFault Channel::check_exclusive_access(const Queue& queue) const {
    const Session* owner = queue.settings().exclusive_owner;
    if (!owner || owner == &session_) return std::nullopt;
    return exclusively_locked(queue);
}

void Channel::add_consumer(Queue& queue, ConsumerSettings settings) {
    std::string tag = settings.tag;
    const ConsumerPointer consumer{new Consumer{*this, queue, std::move(settings)}};
    consumers_.emplace(std::move(tag), consumer);
    queue.add_consumer(consumer);
}

void Channel::cancel_consumer(std::string_view tag) {
    if (has_reply_consumer() && reply_tag_ == tag) {
        session_.broker().direct_reply_to().remove(reply_token_);
        reply_token_.clear();
        return;
    }
    if (const auto entry = consumers_.find(tag); entry != consumers_.end()) remove_consumer(entry);
}

void Channel::remove_consumer(StringMap<ConsumerPointer>::iterator entry) {
    const ConsumerPointer consumer = std::move(entry->second);
    consumers_.erase(entry);
    consumer->queue().remove_consumer(*consumer);
}

void Channel::on_queue_deleted(const Consumer& consumer) {
    const auto entry = consumers_.find(consumer.tag());
    if (entry == consumers_.end()) return;
    const ConsumerPointer removed = std::move(entry->second);
    consumers_.erase(entry);
    if (session_.client_understands("consumer_cancel_notify")) {
        send(amqp::BasicCancel{.consumer_tag = removed->tag(), .no_wait = true});
    }
}

void Channel::set_global_prefetch(std::uint32_t count) {
    global_prefetch_ = count;
    for (const auto& [tag, consumer] : consumers_) environment().agenda.add(consumer->queue());
}

void Channel::deliver(Consumer& consumer, QueueEntry entry) {
    const std::uint64_t tag = ++last_delivery_tag_;
    const Message& message = *entry.message;
    send_content(amqp::BasicDeliver{.consumer_tag = consumer.tag(),
                                    .delivery_tag = tag,
                                    .redelivered = entry.redelivered,
                                    .exchange = message.exchange(),
                                    .routing_key = message.routing_key()},
                 message);
    if (consumer.settings().no_ack) return;
    consumer.count_unacknowledged();
    ++consumers_unacknowledged_;
    unacknowledged_.add({tag, &consumer.queue(), &consumer, std::move(entry)});
}

void Channel::deliver_fetched(Queue& queue, QueueEntry entry, bool no_ack) {
    const std::uint64_t tag = ++last_delivery_tag_;
    const Message& message = *entry.message;
    send_content(amqp::BasicGetOk{.delivery_tag = tag,
                                  .redelivered = entry.redelivered,
                                  .exchange = message.exchange(),
                                  .routing_key = message.routing_key(),
                                  .message_count = static_cast<std::uint32_t>(queue.ready_count())},
                 message);
    if (!no_ack) unacknowledged_.add({tag, &queue, nullptr, std::move(entry)});
}

void Channel::settle_credit(const Delivery& delivery) {
    if (!delivery.consumer) return;
    const bool was_full = !has_credit();
    --consumers_unacknowledged_;
    if (delivery.consumer->count_settled()) environment().agenda.add(*delivery.queue);
    if (was_full) {
        for (const auto& [tag, consumer] : consumers_) environment().agenda.add(consumer->queue());
    }
}

void Channel::settle(Settlement settlement, std::span<Delivery> deliveries) {
    for (const Delivery& delivery : deliveries) settle_credit(delivery);
    switch (settlement) {
        case Settlement::acknowledge:
            for (const Delivery& delivery : deliveries) delivery.queue->acknowledge();
            break;
        case Settlement::reject:
            for (const Delivery& delivery : deliveries) delivery.queue->reject(delivery.entry);
            break;
        case Settlement::requeue:
            // Backwards, so that each goes in front of the one before: their places are then found at once.
            for (auto delivery = deliveries.rbegin(); delivery != deliveries.rend(); ++delivery) {
                delivery->queue->requeue(std::move(delivery->entry));
            }
            break;
    }
}

void Channel::requeue_all() {
    auto deliveries = unacknowledged_.take_all();
    settle(Settlement::requeue, deliveries);
}

void Channel::set_reply_consumer(std::string tag) {
    reply_tag_ = std::move(tag);
    reply_token_ = session_.broker().direct_reply_to().add(*this);
}

bool Channel::deliver_reply(const Message& message) {
    if (!session_.accepts_deliveries()) return false;
    send_content(amqp::BasicDeliver{.consumer_tag = reply_tag_,
                                    .delivery_tag = ++last_delivery_tag_,
                                    .redelivered = false,
                                    .exchange = message.exchange(),
                                    .routing_key = message.routing_key()},
                 message);
    return true;
}

void Channel::flush_confirms() {
    if (!confirms) return;
    for (const PublisherConfirms::Answer& answer : confirms->answers()) {
        if (answer.accepted) {
            send(amqp::BasicAck{.delivery_tag = answer.tag, .multiple = answer.multiple});
        } else {
            send(amqp::BasicNack{.delivery_tag = answer.tag, .multiple = answer.multiple, .requeue = true});
        }
    }
    confirms->clear_answers();
}

void Channel::release() {
    session_.remove_confirming(*this);
    if (has_reply_consumer()) session_.broker().direct_reply_to().remove(reply_token_);
    reply_token_.clear();
    if (transaction) {
        for (Transaction::Settled& settled : transaction->settled) {
            unacknowledged_.restore(std::move(settled.deliveries));
        }
        transaction.reset();
    }
    requeue_all();
    while (!consumers_.empty()) remove_consumer(consumers_.begin());
}

}  // namespace hiratake::broker::core
