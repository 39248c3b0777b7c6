#include "client/core/connection_machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "amqp/dispatch.hpp"
#include "amqp/reply_code.hpp"
#include "client/core/channel_error.hpp"

namespace hiratake::client::core {
namespace {

constexpr std::uint16_t topology_channel = 1;
constexpr std::uint16_t publisher_channel = 2;
constexpr std::uint16_t unconfirmed_publisher_channel = 3;
constexpr std::uint16_t first_consumer_channel = 4;

/// The broker's own reasons to go, which say nothing about what this client asked for.
bool is_about_the_broker(std::uint16_t reply_code) {
    switch (static_cast<amqp::ReplyCode>(reply_code)) {
        case amqp::ReplyCode::success:
        case amqp::ReplyCode::connection_forced:
        case amqp::ReplyCode::resource_error:
        case amqp::ReplyCode::internal_error: return true;
        default: return false;
    }
}

PublisherOptions without_confirms(PublisherOptions options) {
    options.use_confirms = false;
    return options;
}

}  // namespace

ConnectionMachine::ConnectionMachine(ConnectionMachineOptions options, const Log& log, Random& random)
    : options_(std::move(options)),
      logger_(log, "hiratake.client"),
      random_(random),
      chance_(random.unit()),
      handshake_(writer_, options_.wishes, options_.client_properties),
      topology_(writer_, topology_channel, options_.retry),
      publisher_(writer_, publisher_channel, options_.publisher, events_.returns),
      unconfirmed_publisher_(writer_, unconfirmed_publisher_channel, without_confirms(options_.publisher),
                             events_.returns) {}

void ConnectionMachine::begin(const ConnectionUri& uri, TimePoint now) {
    failure_.reset();
    outgoing_.clear();
    reader_ = amqp::FrameReader{};
    writer_.set_frame_max(0);
    state_ = State::handshaking;
    restored_by_ = Deadline::after(now, options_.handshake_timeout);
    handshake_.start(uri);
}

ConnectionAction ConnectionMachine::received(std::size_t size, TimePoint now) {
    reader_.commit(size);
    heartbeat_.received(now);
    amqp::Frame frame;
    while (state_ != State::over && state_ != State::disconnected) {
        const amqp::FrameStatus status = reader_.next(frame);
        if (status == amqp::FrameStatus::incomplete) break;
        if (status == amqp::FrameStatus::error) {
            fail(protocol_failure("the broker does not speak AMQP 0-9-1 here: " + to_text(reader_.error())));
            break;
        }
        handle(frame, now);
    }
    return finish(now);
}

void ConnectionMachine::handle(const amqp::Frame& frame, TimePoint now) {
    if (frame.type == amqp::FrameType::heartbeat) return;
    if (state_ == State::handshaking) return handle_handshake(frame, now);
    if (frame.channel == 0) return handle_method(frame);
    if (state_ == State::closing) return;
    if (frame.channel == topology_channel) return handle_topology(frame, now);
    if (frame.channel == publisher_channel) return handle_publisher(publisher_, frame);
    if (frame.channel == unconfirmed_publisher_channel && uses_unconfirmed_publisher_) {
        return handle_publisher(unconfirmed_publisher_, frame);
    }
    if (ConsumerMachine* consumer = find_consumer(frame.channel)) return handle_consumer(*consumer, frame, now);
    break_protocol(fmt::format("a frame on channel {}, which is not open", frame.channel));
}

void ConnectionMachine::handle_handshake(const amqp::Frame& frame, TimePoint now) {
    if (frame.channel != 0 || frame.type != amqp::FrameType::method)
        return break_protocol("content during the handshake");
    switch (handshake_.receive(frame.payload)) {
        case HandshakeStatus::under_way: break;
        case HandshakeStatus::tuned:
            reader_.set_frame_max(handshake_.tuning().frame_max);
            writer_.set_frame_max(handshake_.tuning().frame_max);
            heartbeat_.start(std::chrono::seconds{handshake_.tuning().heartbeat_s}, now);
            break;
        case HandshakeStatus::done: start_restoring(now); break;
        case HandshakeStatus::failed: fail(*handshake_.failure()); break;
    }
}

void ConnectionMachine::start_restoring(TimePoint now) {
    const std::size_t last_channel = first_consumer_channel + consumers_.size() - 1;
    const std::uint16_t channel_max = handshake_.tuning().channel_max;
    if (channel_max != 0 && last_channel > channel_max) {
        return fail(
            {FailureKind::topology, fmt::format("{} consumers need {} channels, and the broker allows {} for each "
                                                "connection (channel_max)",
                                                consumers_.size(), last_channel, channel_max)});
    }
    state_ = State::restoring;
    restored_by_ = Deadline::after(now, options_.restore_timeout);
    topology_.connected();
    publisher_.connected();
    if (uses_unconfirmed_publisher_) unconfirmed_publisher_.connected();
    consumers_changed_ = true;
}

void ConnectionMachine::handle_topology(const amqp::Frame& frame, TimePoint now) {
    if (frame.type != amqp::FrameType::method) return break_protocol("content on the channel for declarations");
    switch (topology_.receive(frame.payload, now, chance_)) {
        case TopologyStatus::under_way: break;
        case TopologyStatus::settled: consumers_changed_ = true; break;
        case TopologyStatus::refused:
            chance_ = random_.unit();
            refuse(topology_.failure());
            break;
        case TopologyStatus::protocol_broken: fail(topology_.failure()); break;
    }
    if (auto queue = topology_.take_declared_queue()) events_.queues.push_back(std::move(*queue));
}

void ConnectionMachine::handle_publisher(PublisherMachine& publisher, const amqp::Frame& frame) {
    switch (publisher.receive(frame, events_.settled)) {
        case PublisherStatus::fine:
        case PublisherStatus::opened: break;
        case PublisherStatus::refused:
            if (&publisher == &unconfirmed_publisher_) {
                logger_.warning("A message published without a confirm, and what followed it, is lost: {}",
                                publisher.failure().text);
            }
            logger_.debug("The channel for publishing is opened again: {}", publisher.failure().text);
            break;
        case PublisherStatus::protocol_broken: fail(publisher.failure()); break;
    }
}

void ConnectionMachine::handle_consumer(ConsumerMachine& consumer, const amqp::Frame& frame, TimePoint now) {
    switch (consumer.receive(frame, now, chance_, events_.deliveries)) {
        case ConsumerStatus::fine: break;
        case ConsumerStatus::subscribed: report(consumer.channel(), ConsumerState::consuming); break;
        case ConsumerStatus::cancelled_by_broker:
            chance_ = random_.unit();
            logger_.warning("Subscribing again, because {}", consumer.failure().text);
            topology_.redeclare_queue(consumer.options().queue);
            report(consumer.channel(), ConsumerState::waiting);
            consumers_changed_ = true;
            break;
        case ConsumerStatus::refused:
            chance_ = random_.unit();
            report(consumer.channel(), ConsumerState::waiting);
            topology_.redeclare_queue(consumer.options().queue);
            consumers_changed_ = true;
            refuse(consumer.failure());
            break;
        case ConsumerStatus::ended: report(consumer.channel(), ConsumerState::ended); break;
        case ConsumerStatus::protocol_broken: fail(consumer.failure()); break;
    }
    if (consumer.is_finished()) consumers_[consumer.channel() - first_consumer_channel].reset();
}

void ConnectionMachine::handle_method(const amqp::Frame& frame) {
    if (frame.type != amqp::FrameType::method) return break_protocol("content on channel 0");
    const amqp::DecodeError error = amqp::dispatch_to_client(frame.payload, *this);
    if (error != amqp::DecodeError::none) break_protocol(to_text(error));
}

void ConnectionMachine::on(const amqp::ConnectionClose& close) {
    writer_.write_method(0, amqp::ConnectionCloseOk{});
    const auto reason = fmt::format("{} {}", close.reply_code, close.reply_text);
    if (state_ == State::restoring && !is_about_the_broker(close.reply_code)) {
        return fail({FailureKind::topology,
                     fmt::format("the broker closed the connection over a declaration or a consumer ({})", reason)});
    }
    fail({FailureKind::broker_closed, fmt::format("the broker closed the connection ({})", reason)});
}

void ConnectionMachine::on(const amqp::ConnectionCloseOk& ok) {
    if (state_ != State::closing) return break_protocol(ok.name);
    state_ = State::over;
}

void ConnectionMachine::on(const amqp::ConnectionBlocked& blocked) {
    publisher_.set_blocked(true);
    unconfirmed_publisher_.set_blocked(true);
    logger_.warning("The broker has stopped taking messages ({}); publishes wait until it goes on", blocked.reason);
}

void ConnectionMachine::on(const amqp::ConnectionUnblocked&) {
    publisher_.set_blocked(false);
    unconfirmed_publisher_.set_blocked(false);
    logger_.info("The broker takes messages again");
}

ConnectionAction ConnectionMachine::advance(TimePoint now) {
    publisher_.advance(now, events_.settled);
    if (uses_unconfirmed_publisher_) unconfirmed_publisher_.advance(now, events_.settled);
    if (state_ == State::disconnected || state_ == State::over) return ConnectionAction::go_on;
    keep_alive(now);
    judge_acknowledgements(now);
    if (state_ == State::restoring || state_ == State::running) {
        topology_.advance(now);
        if (next_subscription_.passed(now)) consumers_changed_ = true;
    }
    return finish(now);
}

void ConnectionMachine::keep_alive(TimePoint now) {
    const bool is_coming_up = state_ == State::handshaking || state_ == State::restoring;
    if (is_coming_up && restored_by_.passed(now)) {
        return fail({FailureKind::timeout, state_ == State::handshaking
                                               ? "the broker did not answer the handshake in time"
                                               : "the broker did not answer declarations and consumers in time"});
    }
    switch (heartbeat_.resume(now)) {
        case HeartbeatAction::none: break;
        case HeartbeatAction::send:
            // Behind a write that does not get through, what waits already will do as a sign of life.
            if (outgoing_.empty()) writer_.write_heartbeat();
            heartbeat_.sent(now);
            break;
        case HeartbeatAction::give_up:
            fail({FailureKind::silence, fmt::format("no sign of life from the broker for {} s (two heartbeats missed)",
                                                    2 * handshake_.tuning().heartbeat_s)});
            break;
    }
}

ConnectionAction ConnectionMachine::finish(TimePoint now) {
    if (state_ == State::over) return ConnectionAction::hang_up;
    if (state_ != State::restoring && state_ != State::running) return ConnectionAction::go_on;
    if (std::exchange(consumers_changed_, false)) subscribe_consumers(now);
    // Another channel may overtake the declarations, so a publish waits until what it counts on has been declared.
    if (topology_.is_settled()) write_publishes();
    if (state_ == State::running || !is_restored()) return ConnectionAction::go_on;
    state_ = State::running;
    was_ever_ready_ = true;
    return ConnectionAction::be_ready;
}

void ConnectionMachine::write_publishes() {
    if (!uses_unconfirmed_publisher_) return write_publishes_of(publisher_);
    // Whoever wrote last comes second, so that neither keeps all of the room.
    const bool confirmed_first = wrote_last_ == &unconfirmed_publisher_;
    write_publishes_of(confirmed_first ? publisher_ : unconfirmed_publisher_);
    write_publishes_of(confirmed_first ? unconfirmed_publisher_ : publisher_);
}

void ConnectionMachine::write_publishes_of(PublisherMachine& publisher) {
    const std::size_t size_before = outgoing_.size();
    if (size_before >= options_.max_write_size) return;
    publisher.write_waiting(options_.max_write_size - size_before, events_.settled);
    if (outgoing_.size() > size_before) wrote_last_ = &publisher;
}

void ConnectionMachine::subscribe_consumers(TimePoint now) {
    // All consumes come after the last declaration.
    if (!topology_.is_settled()) return;
    next_subscription_ = Deadline::never();
    for (const auto& consumer : consumers_) {
        if (!consumer) continue;
        if (consumer->wants_subscription(now)) consumer->subscribe(++generations_);
        next_subscription_ = next_subscription_.earlier(consumer->next_deadline());
    }
}

bool ConnectionMachine::is_restored() const {
    if (!topology_.is_settled() || !publisher_.is_open()) return false;
    for (const auto& consumer : consumers_) {
        // One that was refused and waits for its next try does not hold up the others.
        const bool waits = consumer && !consumer->next_deadline().is_never();
        if (consumer && !consumer->is_subscribed() && !consumer->is_cancelled() && !waits) return false;
    }
    return true;
}

ConnectionAction ConnectionMachine::close(TimePoint now) {
    if (state_ == State::closing || state_ == State::over || state_ == State::disconnected) return finish(now);
    if (state_ == State::handshaking) {
        state_ = State::over;
        return finish(now);
    }
    say_goodbye("client closes");
    state_ = State::closing;
    return finish(now);
}

// Nothing may follow it.
void ConnectionMachine::say_goodbye(std::string_view why) {
    write_acknowledgements();
    writer_.write_method(
        0, amqp::ConnectionClose{.reply_code = amqp::number(amqp::ReplyCode::success), .reply_text = why});
}

void ConnectionMachine::disconnected() {
    if (state_ == State::disconnected) return;
    state_ = State::disconnected;
    heartbeat_.stop();
    outgoing_.clear();
    forget_acknowledgements();
    topology_.disconnected();
    publisher_.disconnected(events_.settled);
    unconfirmed_publisher_.disconnected(events_.settled);
    for (auto& consumer : consumers_) {
        if (!consumer) continue;
        const bool had_ended = consumer->is_ended();
        consumer->disconnected();
        if (!consumer->is_cancelled()) {
            report(consumer->channel(), ConsumerState::waiting);
            continue;
        }
        if (!had_ended) report(consumer->channel(), ConsumerState::ended);
        consumer.reset();
    }
}

void ConnectionMachine::publish(PendingPublishPointer publish) {
    if (publish->confirm) return publisher_.publish(std::move(publish));
    const bool is_up = state_ == State::restoring || state_ == State::running;
    if (!std::exchange(uses_unconfirmed_publisher_, true) && is_up) unconfirmed_publisher_.connected();
    unconfirmed_publisher_.publish(std::move(publish));
}

void ConnectionMachine::settle(const DeliveryKey& key, Settlement settlement) {
    if (state_ != State::restoring && state_ != State::running) return;
    ConsumerMachine* consumer = find_consumer(key.channel);
    if (!consumer) return;
    const bool had_acknowledgements = consumer->has_acknowledgements();
    consumer->settle(key, settlement);
    if (!had_acknowledgements && consumer->has_acknowledgements()) acknowledging_channels_.push_back(key.channel);
}

void ConnectionMachine::judge_acknowledgements(TimePoint now) {
    if (acknowledging_channels_.empty() || are_acknowledgements_due_) return;
    if (acknowledge_by_.is_never()) acknowledge_by_ = Deadline::after(now, options_.acknowledgement_delay);
    const auto is_urgent = [this](std::uint16_t channel) {
        const ConsumerMachine* consumer = find_consumer(channel);
        return consumer && consumer->has_urgent_acknowledgements();
    };
    are_acknowledgements_due_ = acknowledge_by_.passed(now) || std::ranges::any_of(acknowledging_channels_, is_urgent);
}

void ConnectionMachine::write_acknowledgements() {
    for (const std::uint16_t channel : acknowledging_channels_) {
        if (ConsumerMachine* consumer = find_consumer(channel)) consumer->write_acknowledgements();
    }
    forget_acknowledgements();
}

void ConnectionMachine::forget_acknowledgements() {
    acknowledging_channels_.clear();
    acknowledge_by_ = Deadline::never();
    are_acknowledgements_due_ = false;
}

std::optional<std::uint16_t> ConnectionMachine::add_consumer(ConsumerOptions options) {
    std::size_t slot = 0;
    while (slot < consumers_.size() && consumers_[slot]) ++slot;
    const bool is_tuned = state_ == State::restoring || state_ == State::running;
    const std::uint16_t channel_max = is_tuned ? handshake_.tuning().channel_max : options_.wishes.channel_max;
    const std::size_t channel = first_consumer_channel + slot;
    if (channel > (channel_max == 0 ? UINT16_MAX : channel_max)) return std::nullopt;
    if (slot == consumers_.size()) consumers_.emplace_back();
    const auto name = static_cast<std::uint16_t>(channel);
    consumers_[slot] = std::make_unique<ConsumerMachine>(writer_, name, std::move(options), options_.retry,
                                                         options_.publisher.max_message_size);
    consumers_changed_ = true;
    return name;
}

void ConnectionMachine::cancel_consumer(std::uint16_t channel) {
    ConsumerMachine* consumer = find_consumer(channel);
    if (!consumer || consumer->is_cancelled()) return;
    consumer->cancel();
    if (consumer->is_ended()) report(channel, ConsumerState::ended);
    if (consumer->is_finished()) consumers_[channel - first_consumer_channel].reset();
}

void ConnectionMachine::fail_publishes(PublishStatus status, std::string_view detail) {
    publisher_.fail_all(status, detail, events_.settled);
    unconfirmed_publisher_.fail_all(status, detail, events_.settled);
}

void ConnectionMachine::take_outgoing(amqp::ByteBuffer& buffer, TimePoint now) {
    write_acknowledgements();
    buffer.clear();
    outgoing_.swap(buffer);
    if (!buffer.empty()) heartbeat_.sent(now);
}

Deadline ConnectionMachine::next_deadline() const {
    Deadline earliest = publisher_.next_deadline().earlier(unconfirmed_publisher_.next_deadline());
    if (state_ == State::disconnected || state_ == State::over) return earliest;
    if (state_ == State::handshaking || state_ == State::restoring) earliest = earliest.earlier(restored_by_);
    earliest = earliest.earlier(heartbeat_.next_deadline()).earlier(topology_.next_deadline()).earlier(acknowledge_by_);
    // Consumers follow the declarations.
    return topology_.is_settled() ? earliest.earlier(next_subscription_) : earliest;
}

bool ConnectionMachine::has_consumers() const {
    return std::ranges::any_of(consumers_, [](const auto& consumer) { return consumer != nullptr; });
}

std::string ConnectionMachine::end_of_stream_text() const {
    return state_ == State::handshaking ? handshake_.end_of_stream_text()
                                        : "the broker closed the connection without a word";
}

void ConnectionMachine::refuse(const Failure& failure) {
    if (was_ever_ready_) {
        logger_.error("Refused, to be tried again: {}", failure.text);
        return;
    }
    say_goodbye("client gives up");
    fail(failure);
}

void ConnectionMachine::break_protocol(std::string_view what) {
    fail(protocol_failure(fmt::format("the broker sent something unexpected: {}", what)));
}

void ConnectionMachine::fail(Failure failure) {
    failure_ = std::move(failure);
    state_ = State::over;
}

ConsumerMachine* ConnectionMachine::find_consumer(std::uint16_t channel) {
    if (channel < first_consumer_channel || channel >= first_consumer_channel + consumers_.size()) return nullptr;
    return consumers_[channel - first_consumer_channel].get();
}

}  // namespace hiratake::client::core
