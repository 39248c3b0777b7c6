#include "client/core/consumer_machine.hpp"

#include <fmt/format.h>

#include <utility>

#include "amqp/dispatch.hpp"
#include "client/core/channel_error.hpp"

namespace hiratake::client::core {
namespace {

/// A subscription that ends sooner than this has not been healthy: the waits before the next one grow.
constexpr Duration subscription_healthy_after = std::chrono::seconds{10};

/// Counts for one without limit.
constexpr std::size_t unlimited_prefetch = 256;

}  // namespace

ConsumerMachine::ConsumerMachine(amqp::FrameWriter& writer, std::uint16_t channel, ConsumerOptions options,
                                 RetryPolicy policy, std::uint64_t max_message_size)
    : writer_(writer), channel_(channel), options_(std::move(options)), policy_(policy), assembler_(max_message_size) {}

bool ConsumerMachine::wants_subscription(TimePoint now) const {
    return !is_cancelled_ && (state_ == State::closed || state_ == State::unsubscribed) && now >= retry_at_;
}

Deadline ConsumerMachine::next_deadline() const {
    const bool waits = !is_cancelled_ && (state_ == State::closed || state_ == State::unsubscribed);
    return waits ? Deadline{retry_at_} : Deadline::never();
}

void ConsumerMachine::subscribe(std::uint64_t generation) {
    if (state_ == State::unsubscribed) return consume();
    writer_.write_method(channel_, amqp::ChannelOpen{});
    state_ = State::opening;
    generation_ = generation;
}

void ConsumerMachine::consume() {
    if (!options_.no_ack && options_.prefetch_count != 0) {
        writer_.write_method(channel_, amqp::BasicQos{.prefetch_count = options_.prefetch_count});
    }
    writer_.write_method(channel_, amqp::BasicConsume{.queue = options_.queue,
                                                      .consumer_tag = options_.consumer_tag,
                                                      .no_ack = options_.no_ack,
                                                      .exclusive = options_.exclusive,
                                                      .arguments = options_.arguments});
    state_ = State::subscribing;
}

void ConsumerMachine::cancel() {
    if (std::exchange(is_cancelled_, true)) return;
    if (state_ == State::subscribed || state_ == State::subscribing) {
        writer_.write_method(channel_, amqp::BasicCancel{.consumer_tag = options_.consumer_tag});
        state_ = State::cancelling;
    }
    close_when_done();
}

void ConsumerMachine::close_when_done() {
    if (!is_cancelled_ || state_ != State::unsubscribed || unsettled() > 0) return;
    write_acknowledgements();
    writer_.write_method(channel_, amqp::ChannelClose{.reply_code = amqp::number(amqp::ReplyCode::success),
                                                      .reply_text = "consumer cancelled"});
    state_ = State::closing;
}

void ConsumerMachine::settle(const DeliveryKey& key, Settlement settlement) {
    if (key.generation != generation_ || state_ == State::closed || is_closing()) return;
    if (!unsettled_.settle(key.delivery_tag, settlement == Settlement::ack)) return;
    if (settlement != Settlement::ack) {
        writer_.write_method(channel_, amqp::BasicReject{.delivery_tag = key.delivery_tag,
                                                         .requeue = settlement == Settlement::requeue});
    }
    close_when_done();
}

bool ConsumerMachine::has_urgent_acknowledgements() const {
    const std::size_t prefetch = options_.prefetch_count == 0 ? unlimited_prefetch : options_.prefetch_count;
    return is_cancelled_ || 2 * unsettled_.acknowledged() >= prefetch;
}

void ConsumerMachine::disconnected() {
    forget_channel();
    retry_at_ = {};
    failures_in_a_row_ = 0;
}

void ConsumerMachine::forget_channel() {
    state_ = State::closed;
    unsettled_.clear();
    assembler_.reset();
}

ConsumerStatus ConsumerMachine::receive(const amqp::Frame& frame, TimePoint now, double chance,
                                        std::vector<IncomingDeliveryPointer>& deliveries) {
    status_ = ConsumerStatus::fine;
    deliveries_ = &deliveries;
    now_ = now;
    chance_ = chance;
    if (!assembler_.idle() || frame.type != amqp::FrameType::method) {
        switch (assembler_.add(frame)) {
            case amqp::ContentStatus::incomplete: break;
            case amqp::ContentStatus::complete: finish_delivery(); break;
            case amqp::ContentStatus::error: break_protocol(to_text(assembler_.error())); break;
        }
        return status_;
    }
    const amqp::DecodeError error = amqp::dispatch_to_client(frame.payload, *this);
    if (error != amqp::DecodeError::none) break_protocol(to_text(error));
    return status_;
}

void ConsumerMachine::on(const amqp::ChannelOpenOk& ok) {
    if (state_ != State::opening) return break_protocol(ok.name);
    state_ = State::unsubscribed;
    if (is_cancelled_) {
        status_ = ConsumerStatus::ended;
        return close_when_done();
    }
    consume();
}

void ConsumerMachine::on(const amqp::BasicConsumeOk& ok) {
    // A cancel may have overtaken the answer; its own answer follows.
    if (state_ == State::cancelling) return;
    if (state_ != State::subscribing) return break_protocol(ok.name);
    state_ = State::subscribed;
    subscribed_since_ = now_;
    status_ = ConsumerStatus::subscribed;
}

void ConsumerMachine::on(const amqp::BasicDeliver& deliver) {
    deliver_.assign(deliver);
    assembler_.begin(amqp::BasicDeliver::id);
}

void ConsumerMachine::finish_delivery() {
    const auto& content = assembler_.content();
    if (!options_.no_ack) unsettled_.add(deliver_->delivery_tag);
    const amqp::MessageParts parts{deliver_->exchange, deliver_->routing_key, content.properties, content.body};
    IncomingDeliveryPointer delivery{new (parts) IncomingDelivery{parts}};
    delivery->key = {.channel = channel_, .generation = generation_, .delivery_tag = deliver_->delivery_tag};
    delivery->redelivered = deliver_->redelivered;
    delivery->is_settled = options_.no_ack;
    deliveries_->push_back(std::move(delivery));
}

void ConsumerMachine::on(const amqp::BasicCancel& cancel) {
    if (!cancel.no_wait) writer_.write_method(channel_, amqp::BasicCancelOk{.consumer_tag = cancel.consumer_tag});
    // Ours has crossed the broker's, and is answered, too.
    if (state_ == State::cancelling) return;
    state_ = State::unsubscribed;
    status_ = ConsumerStatus::cancelled_by_broker;
    failure_ = {FailureKind::topology, fmt::format("the broker cancelled the consumer of queue '{}': the queue was "
                                                   "deleted or became unavailable",
                                                   options_.queue)};
    if (now_ - subscribed_since_ >= subscription_healthy_after) failures_in_a_row_ = 0;
    // The first time at once; a queue that vanishes again and again is given more and more time.
    retry_at_ = failures_in_a_row_ == 0 ? now_ : now_ + policy_.delay(failures_in_a_row_, chance_);
    ++failures_in_a_row_;
}

void ConsumerMachine::on(const amqp::BasicCancelOk& ok) {
    if (state_ != State::cancelling) return break_protocol(ok.name);
    state_ = State::unsubscribed;
    status_ = ConsumerStatus::ended;
    close_when_done();
}

void ConsumerMachine::on(const amqp::ChannelCloseOk& ok) {
    if (!is_closing()) return break_protocol(ok.name);
    forget_channel();
}

void ConsumerMachine::on(const amqp::ChannelClose& close) {
    writer_.write_method(channel_, amqp::ChannelCloseOk{});
    const bool was_subscribed = state_ == State::subscribed;
    failure_ = was_subscribed ? Failure{FailureKind::topology,
                                        fmt::format("the broker closed the channel of the consumer of queue '{}' ({})",
                                                    options_.queue, reason_text(close))}
                              : channel_failure(close, fmt::format("let queue '{}' be consumed", options_.queue));
    if (was_subscribed && now_ - subscribed_since_ >= subscription_healthy_after) failures_in_a_row_ = 0;
    forget_channel();
    retry_at_ = now_ + policy_.delay(++failures_in_a_row_, chance_);
    status_ = is_cancelled_ ? ConsumerStatus::ended : ConsumerStatus::refused;
}

void ConsumerMachine::on(const amqp::ChannelFlow& flow) {
    writer_.write_method(channel_, amqp::ChannelFlowOk{.active = flow.active});
}

void ConsumerMachine::break_protocol(std::string_view what) {
    failure_ = protocol_failure(
        fmt::format("the broker sent something unexpected to the consumer of queue '{}': {}", options_.queue, what));
    status_ = ConsumerStatus::protocol_broken;
}

}  // namespace hiratake::client::core
