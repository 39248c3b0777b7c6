#include "client/core/publisher_machine.hpp"

#include <fmt/format.h>

#include <utility>

#include "amqp/dispatch.hpp"
#include "client/core/channel_error.hpp"
#include "hiratake/amqp/encode_error.hpp"

namespace hiratake::client::core {
namespace {

/// What the frames of a publish take beside its message, roughly.
constexpr std::size_t frames_overhead = 64;

}  // namespace

PublisherMachine::PublisherMachine(amqp::FrameWriter& writer, std::uint16_t channel, PublisherOptions options,
                                   std::vector<UnclaimedReturn>& returns)
    : writer_(writer), channel_(channel), options_(options), returns_(returns), assembler_(options.max_message_size) {}

void PublisherMachine::connected() {
    writer_.write_method(channel_, amqp::ChannelOpen{});
    state_ = State::opening;
    is_flowing_ = true;
}

void PublisherMachine::disconnected(SettledPublishes& settled) {
    state_ = State::closed;
    is_blocked_ = false;
    assembler_.reset();
    suspects_ = 0;
    suspect_is_written_ = false;
    std::deque<PendingPublishPointer> again;
    for (auto& publish : tracker_.take_unanswered()) {
        if (publish->attempts < options_.max_attempts) {
            again.push_back(std::move(publish));
            continue;
        }
        const auto detail = fmt::format("sent {} times, and the connection was lost each time", publish->attempts);
        settle(*publish, {PublishStatus::connection_lost, detail}, settled);
    }
    outbox_.push_front(std::move(again));
}

void PublisherMachine::write_waiting(std::size_t room, SettledPublishes& settled) {
    if (state_ != State::open || is_blocked_ || !is_flowing_) return;
    std::size_t written = 0;
    while (!outbox_.empty() && tracker_.size() < window() && written < room) {
        PendingPublishPointer publish = outbox_.pop();
        written += publish->size() + frames_overhead;
        write(std::move(publish), settled);
    }
}

void PublisherMachine::write(PendingPublishPointer publish, SettledPublishes& settled) {
    try {
        writer_.write_content(channel_,
                              amqp::BasicPublish{.exchange = publish->exchange(),
                                                 .routing_key = publish->routing_key(),
                                                 .mandatory = publish->mandatory},
                              publish->encoded_properties(), publish->body());
    } catch (const amqp::EncodeError& error) {
        // Its properties do not fit into a frame of the size that was agreed on with this very broker.
        return settle(*publish, {PublishStatus::refused, error.what()}, settled);
    }
    ++publish->attempts;
    if (!options_.use_confirms) return settle(*publish, {PublishStatus::sent, {}}, settled);
    suspect_is_written_ = suspects_ > 0;
    tracker_.track(std::move(publish));
}

PublisherStatus PublisherMachine::receive(const amqp::Frame& frame, SettledPublishes& settled) {
    status_ = PublisherStatus::fine;
    settled_ = &settled;
    if (!assembler_.idle() || frame.type != amqp::FrameType::method) {
        switch (assembler_.add(frame)) {
            case amqp::ContentStatus::incomplete: break;
            case amqp::ContentStatus::complete: finish_return(); break;
            case amqp::ContentStatus::error: break_protocol(to_text(assembler_.error())); break;
        }
        return status_;
    }
    const amqp::DecodeError error = amqp::dispatch_to_client(frame.payload, *this);
    if (error != amqp::DecodeError::none) break_protocol(to_text(error));
    return status_;
}

void PublisherMachine::on(const amqp::ChannelOpenOk& ok) {
    if (state_ != State::opening) return break_protocol(ok.name);
    if (options_.use_confirms) {
        writer_.write_method(channel_, amqp::ConfirmSelect{});
        state_ = State::selecting;
        return;
    }
    state_ = State::open;
    status_ = PublisherStatus::opened;
}

void PublisherMachine::on(const amqp::ConfirmSelectOk& ok) {
    if (state_ != State::selecting) return break_protocol(ok.name);
    state_ = State::open;
    status_ = PublisherStatus::opened;
}

void PublisherMachine::on(const amqp::ChannelClose& close) {
    writer_.write_method(channel_, amqp::ChannelCloseOk{});
    failure_ = channel_failure(close, "publish");
    status_ = PublisherStatus::refused;
    assembler_.reset();
    const bool culprit_is_known = tracker_.size() == 1;
    auto unanswered = tracker_.take_unanswered();
    if (culprit_is_known) {
        for (auto& culprit : unanswered) {
            settle(*culprit, {PublishStatus::refused, reason_text(close)}, *settled_);
        }
        if (suspects_ > 0) --suspects_;
    } else {
        suspects_ = unanswered.size();
        outbox_.push_front(std::move(unanswered));
    }
    suspect_is_written_ = false;
    connected();
}

void PublisherMachine::on(const amqp::ChannelFlow& flow) {
    is_flowing_ = flow.active;
    writer_.write_method(channel_, amqp::ChannelFlowOk{.active = flow.active});
    if (is_flowing_ && state_ == State::open) status_ = PublisherStatus::opened;
}

void PublisherMachine::on(const amqp::BasicReturn& returned) {
    returned_.assign(returned);
    assembler_.begin(amqp::BasicReturn::id);
}

void PublisherMachine::finish_return() {
    const ReturnedContent returned{.exchange = returned_->exchange,
                                   .routing_key = returned_->routing_key,
                                   .encoded_properties = assembler_.content().properties,
                                   .body = assembler_.content().body,
                                   .reason = fmt::format("{} {}", returned_->reply_code, returned_->reply_text)};
    if (tracker_.mark_returned(returned)) return;
    returns_.push_back({std::string{returned.exchange}, std::string{returned.routing_key},
                        std::string{returned.encoded_properties}, returned.reason});
}

void PublisherMachine::on(const amqp::BasicAck& ack) {
    finish_answer(tracker_.acknowledge(ack.delivery_tag, ack.multiple, *settled_), ack.name);
}

void PublisherMachine::on(const amqp::BasicNack& nack) {
    finish_answer(tracker_.refuse(nack.delivery_tag, nack.multiple, *settled_), nack.name);
}

void PublisherMachine::finish_answer(bool known, std::string_view method) {
    if (!known) return break_protocol(method);
    if (suspect_is_written_ && tracker_.empty()) {
        suspect_is_written_ = false;
        --suspects_;
    }
}

void PublisherMachine::advance(TimePoint now, SettledPublishes& settled) {
    outbox_.expire(now, settled);
    tracker_.expire(now, settled);
    if (is_idle()) suspects_ = 0;
}

void PublisherMachine::fail_all(PublishStatus status, std::string_view detail, SettledPublishes& settled) {
    for (auto& publish : tracker_.take_unanswered()) settle(*publish, {status, std::string{detail}}, settled);
    outbox_.fail(status, detail, settled);
    suspects_ = 0;
    suspect_is_written_ = false;
}

void PublisherMachine::break_protocol(std::string_view what) {
    failure_ =
        protocol_failure(fmt::format("the broker sent something unexpected on the publishing channel: {}", what));
    status_ = PublisherStatus::protocol_broken;
}

}  // namespace hiratake::client::core
