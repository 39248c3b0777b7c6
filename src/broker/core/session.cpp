#include "broker/core/session.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "amqp/dispatch.hpp"
#include "amqp/methods.hpp"
#include "broker/core/broker.hpp"
#include "broker/core/channel.hpp"
#include "broker/core/channel_dispatcher.hpp"
#include "broker/core/connection_methods.hpp"
#include "broker/core/credentials.hpp"
#include "broker/core/framing_fault.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {
namespace {

/// As old as AMQP 0-9-1's: the header of 0-9, which RabbitMQ still answers.
constexpr std::string_view protocol_header_0_9{"AMQP\x01\x01\x00\x09", 8};
/// A client is dropped after this many heartbeat intervals of silence: RabbitMQ looks once in an interval, so that it
/// takes it between two and three.
constexpr int silent_intervals = 3;

}  // namespace

Session::Session(Broker& broker, Peer peer, Owner& owner)
    : Timed(broker.environment().deadlines),
      broker_(broker),
      peer_(std::move(peer)),
      owner_(owner),
      reader_(broker.limits().frame_max),
      writer_(output_, amqp::frame_min_size) {
    const TimePoint now = broker_.environment().clock.now();
    last_received_ = last_sent_ = now;
    drop_at_ = now + broker_.limits().handshake_timeout;
    schedule(now);
    broker_.add(*this);
}

Session::~Session() {
    release();
    broker_.remove(*this);
    broker_.finish_pass();
}

void Session::received(std::size_t size) {
    reader_.commit(size);
    last_received_ = broker_.environment().clock.now();
    process();
    broker_.finish_pass();
}

void Session::feed(std::string_view bytes) {
    const std::span<char> room = prepare_input(bytes.size());
    std::copy(bytes.begin(), bytes.end(), room.begin());
    received(bytes.size());
}

void Session::process() {
    if (state_ == SessionState::protocol_header_due && !read_protocol_header()) return;
    amqp::Frame frame;
    while (state_ != SessionState::over && state_ != SessionState::refused) {
        switch (reader_.next(frame)) {
            case amqp::FrameStatus::incomplete: return;
            case amqp::FrameStatus::error: fail_on_framing(); return;
            case amqp::FrameStatus::frame: handle(frame); break;
        }
        if (!broker_.environment().agenda.is_settled()) broker_.environment().agenda.settle();
    }
}

bool Session::read_protocol_header() {
    const auto header = reader_.take(amqp::protocol_header.size());
    if (!header) return false;
    if (*header != amqp::protocol_header && *header != protocol_header_0_9) {
        writer_.write_protocol_header();
        end("its client does not speak AMQP 0-9-1");
        return false;
    }
    state_ = SessionState::starting;
    send(0, amqp::ConnectionStart{.version_major = 0,
                                  .version_minor = 9,
                                  .server_properties = server_properties(broker_.identity()),
                                  .mechanisms = offered_mechanisms,
                                  .locales = "en_US"});
    return true;
}

void Session::handle(const amqp::Frame& frame) {
    if (state_ == SessionState::closing) {
        handle_while_closing(frame);
    } else if (frame.type == amqp::FrameType::heartbeat) {
        if (frame.channel == 0) return;
        Fault fault = unexpected_frame("type 8, all octets = <<>>");
        fault.names_method = false;
        fail(fault, {});
    } else if (frame.channel == 0 || state_ != SessionState::running) {
        handle_connection_frame(frame);
    } else if (blocked_) {
        hold(frame);
    } else {
        handle_channel_frame(frame);
    }
}

void Session::handle_while_closing(const amqp::Frame& frame) {
    if (frame.type != amqp::FrameType::method || frame.channel != 0) return;
    const auto id = amqp::peek_method_id(frame.payload);
    if (id == amqp::ConnectionClose::id) end_at_request();
    if (id == amqp::ConnectionCloseOk::id) end(end_reason_);
}

void Session::handle_connection_frame(const amqp::Frame& frame) {
    if (frame.type != amqp::FrameType::method || frame.channel != 0) {
        Fault fault = unexpected_frame("expected a method of class connection on channel 0");
        fault.names_method = false;
        fail(fault, {});
        return;
    }
    ConnectionMethods methods{*this};
    const amqp::DecodeError error = amqp::dispatch_to_server(frame.payload, methods);
    const MaybeFault fault = error == amqp::DecodeError::none ? std::move(methods.fault) : fault_of(error);
    if (fault) fail(*fault, amqp::peek_method_id(frame.payload).value_or(amqp::MethodId{}));
}

void Session::handle_channel_frame(const amqp::Frame& frame) {
    const auto found = channels_.find(frame.channel);
    if (found == channels_.end()) {
        if (closing_channels_.contains(frame.channel)) {
            handle_channel_end(frame);
            return;
        }
        const amqp::MethodId id = frame.type == amqp::FrameType::method
                                      ? amqp::peek_method_id(frame.payload).value_or(amqp::MethodId{})
                                      : amqp::MethodId{};
        if (id == amqp::ChannelCloseOk::id) return;
        MaybeFault fault =
            id == amqp::ChannelOpen::id ? open_channel(frame.channel) : channel_error("expected 'channel.open'");
        if (fault) fail(*fault, id);
        return;
    }
    Channel& channel = *found->second;
    if (handle_channel_end(frame)) return;
    const MaybeFault fault = channel.handle(frame);
    if (!fault) return;
    if (amqp::is_hard_error(fault->code)) {
        fail(*fault, channel.current_method());
    } else {
        close_channel(channel, *fault);
    }
}

bool Session::handle_channel_end(const amqp::Frame& frame) {
    if (frame.type != amqp::FrameType::method) return false;
    const auto id = amqp::peek_method_id(frame.payload);
    if (id == amqp::ChannelCloseOk::id) {
        closing_channels_.erase(frame.channel);
        return true;
    }
    if (id != amqp::ChannelClose::id) return false;
    if (const auto found = channels_.find(frame.channel); found != channels_.end()) {
        found->second->flush_confirms();
        channels_.erase(found);
    }
    send(frame.channel, amqp::ChannelCloseOk{});
    return true;
}

MaybeFault Session::open_channel(std::uint16_t number) {
    if (channels_.size() >= channel_max_) {
        Fault fault =
            not_allowed(fmt::format("number of channels opened ({}) has reached the negotiated channel_max ({})",
                                    channels_.size(), channel_max_));
        fault.names_method = false;
        return fault;
    }
    channels_.emplace(number, std::make_unique<Channel>(*this, number));
    send(number, amqp::ChannelOpenOk{});
    return std::nullopt;
}

void Session::close_channel(Channel& channel, const Fault& fault) {
    const std::uint16_t number = channel.number();
    const amqp::MethodId method = fault.names_method ? channel.current_method() : amqp::MethodId{};
    channels_.erase(number);
    closing_channels_.insert(number);
    const std::string text = reply_text(fault);
    send(number, amqp::ChannelClose{.reply_code = amqp::number(fault.code),
                                    .reply_text = text,
                                    .class_id = method.class_id,
                                    .method_id = method.method_id});
}

void Session::fail(const Fault& fault, amqp::MethodId method) {
    release();
    end_reason_ = reply_text(fault);
    if (!fault.names_method) method = {};
    send(0, amqp::ConnectionClose{.reply_code = amqp::number(fault.code),
                                  .reply_text = end_reason_,
                                  .class_id = method.class_id,
                                  .method_id = method.method_id});
    state_ = SessionState::closing;
    const TimePoint now = broker_.environment().clock.now();
    drop_at_ = now + broker_.limits().close_timeout;
    schedule(now);
}

void Session::fail_on_framing() {
    if (state_ == SessionState::closing) {
        end(end_reason_);
        return;
    }
    fail(fault_of(reader_.error()), {});
}

void Session::fail_later(std::string_view why) {
    if (!pending_fault_) pending_fault_ = Fault{amqp::ReplyCode::resource_error, std::string{why}, false};
}

void Session::release() {
    channels_.clear();
    closing_channels_.clear();
    held_.clear();
    held_bytes_ = 0;
    blocked_ = false;
    while (!exclusive_queues_.empty()) {
        Queue& queue = **exclusive_queues_.begin();
        queue.vhost().delete_queue(queue);
    }
}

void Session::end_at_request() {
    client_has_closed_ = true;
    send(0, amqp::ConnectionCloseOk{});
    end(end_reason_);
}

void Session::end(std::string reason) {
    release();
    end_reason_ = std::move(reason);
    state_ = SessionState::over;
    ask_for_attention();
}

void Session::close_forcibly(std::string_view reason) {
    if (state_ == SessionState::running || state_ == SessionState::opening || state_ == SessionState::tuning) {
        fail({amqp::ReplyCode::connection_forced, std::string{reason}, false}, {});
    } else if (state_ != SessionState::closing) {
        end(std::string{reason});
    }
}

// The handshake.

void Session::log_in(std::shared_ptr<const User> user, amqp::Table client_properties) {
    user_ = std::move(user);
    client_properties_ = std::move(client_properties);
    state_ = SessionState::tuning;
}

void Session::refuse_login(std::string_view mechanism, std::string_view user, const amqp::Table& client_properties) {
    client_properties_ = client_properties;
    if (client_understands("authentication_failure_close")) {
        fail({amqp::ReplyCode::access_refused,
              fmt::format("Login was refused using authentication mechanism {}. For details see the broker logfile.",
                          mechanism),
              false},
             {});
    } else {
        state_ = SessionState::refused;
        const TimePoint now = broker_.environment().clock.now();
        drop_at_ = now + broker_.limits().refused_login_delay;
        schedule(now);
    }
    // The details that the client is not told.
    end_reason_ = fmt::format("login of '{}' refused: no such user, wrong password, or not allowed from there", user);
}

void Session::tune(std::uint16_t channel_max, std::uint32_t frame_max, std::uint16_t heartbeat_seconds) {
    channel_max_ = channel_max;
    reader_.set_frame_max(frame_max);
    writer_.set_frame_max(frame_max);
    heartbeat_ = std::chrono::seconds{heartbeat_seconds};
    state_ = SessionState::opening;
}

void Session::enter(Vhost& vhost, const Permissions& permissions) {
    vhost_ = &vhost;
    access_.emplace(user_, permissions, vhost.name());
    state_ = SessionState::running;
    drop_at_ = TimePoint::max();
    schedule(broker_.environment().clock.now());
}

bool Session::client_understands(std::string_view capability) const {
    const amqp::FieldValue* capabilities = client_properties_.find("capabilities");
    const amqp::Table* table = capabilities ? capabilities->as_table() : nullptr;
    const amqp::FieldValue* value = table ? table->find(capability) : nullptr;
    return value && value->as_bool().value_or(false);
}

// Time.

void Session::schedule(TimePoint now) {
    call_by(drop_at_);
    if (state_ != SessionState::running || heartbeat_ == Duration::zero()) return;
    if (is_reading_paused()) last_received_ = now;  // it is the broker that does not listen
    call_by(std::min(last_sent_ + heartbeat_ / 2, last_received_ + heartbeat_ * silent_intervals));
}

void Session::on_deadline(TimePoint now) {
    if (state_ == SessionState::over) return;
    if (now >= drop_at_) {
        end(end_reason_.empty() ? "its client did not finish the handshake in time" : end_reason_);
        return;
    }
    if (state_ == SessionState::running && heartbeat_ != Duration::zero()) {
        if (!is_reading_paused() && now >= last_received_ + heartbeat_ * silent_intervals) {
            end("its client missed its heartbeats");
            return;
        }
        if (now >= last_sent_ + heartbeat_ / 2) {
            last_sent_ = now;
            writer_.write_heartbeat();
            ask_for_attention();
        }
    }
    schedule(now);
}

// Output and back-pressure.

void Session::take_output(amqp::ByteBuffer& empty) {
    output_.swap(empty);
    being_written_ = empty.size();
    last_sent_ = broker_.environment().clock.now();
}

void Session::output_written() {
    being_written_ = 0;
    if (!std::exchange(starved_, false)) return;
    for (const auto& [number, channel] : channels_) {
        for (const auto& [tag, consumer] : channel->consumers()) broker_.environment().agenda.add(consumer->queue());
    }
    broker_.finish_pass();
}

bool Session::accepts_deliveries() const {
    if (pending_output() < broker_.limits().output_high_watermark) return true;
    starved_ = true;
    return false;
}

bool Session::is_reading_paused() const {
    return state_ == SessionState::refused || held_bytes_ >= broker_.limits().blocked_backlog ||
           pending_output() >= 2 * broker_.limits().output_high_watermark;
}

void Session::note_publish() {
    if (blocked_) return;
    const std::string_view reason = broker_.blocked_reason();
    if (reason.empty()) return;
    blocked_ = true;
    if (client_understands("connection.blocked")) send(0, amqp::ConnectionBlocked{.reason = reason});
}

void Session::hold(const amqp::Frame& frame) {
    held_bytes_ += frame.payload.size() + sizeof(HeldFrame);
    held_.push_back({frame.type, frame.channel, std::string{frame.payload}});
}

void Session::unblock() {
    if (!std::exchange(blocked_, false)) return;
    if (client_understands("connection.blocked")) send(0, amqp::ConnectionUnblocked{});
    ask_for_attention();  // reading may go on
    held_bytes_ = 0;
    // What it publishes now may block it again; the rest is then held again.
    for (const HeldFrame& held : std::exchange(held_, {})) {
        if (state_ == SessionState::running) handle({held.type, held.channel, held.payload});
        broker_.environment().agenda.settle();
    }
}

// What is remembered for others.

void Session::add_exclusive_queue(Queue& queue) {
    exclusive_queues_.insert(&queue);
}
void Session::remove_exclusive_queue(Queue& queue) {
    exclusive_queues_.erase(&queue);
}

void Session::add_confirming(Channel& channel) {
    confirming_.push_back(&channel);
    ask_for_attention();
}

void Session::remove_confirming(const Channel& channel) {
    std::erase(confirming_, &channel);
}

void Session::ask_for_attention() {
    if (!std::exchange(has_attention_, true)) broker_.add_attention(*this);
}

void Session::finish_pass() {
    if (pending_fault_ && state_ == SessionState::running) fail(*std::exchange(pending_fault_, std::nullopt), {});
    for (Channel* channel : std::exchange(confirming_, {})) channel->flush_confirms();
}

void Session::attend() {
    has_attention_ = false;
    owner_.attend();
}

}  // namespace hiratake::broker::core
