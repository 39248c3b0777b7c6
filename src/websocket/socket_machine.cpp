#include "websocket/socket_machine.hpp"

#include <utility>

namespace hiratake::websocket {

SocketMachine::SocketMachine(const Limits& limits, const Clock& clock) : limits_(limits), clock_(clock) {
    listen_anew();
}

void SocketMachine::receive(std::string_view bytes) {
    if (phase_ == Phase::lingering || phase_ == Phase::finished) return;
    listen_anew();
    reader_.append(bytes);
    advance();
}

void SocketMachine::receive_end() {
    input_ended_ = true;
    if (phase_ == Phase::open) return abandon("the client went away without a Close frame");
    phase_ = Phase::finished;
}

std::optional<Message> SocketMachine::take_message() {
    const bool is_client_behind = queued_bytes_ > limits_.max_queued_bytes / 2;
    if (phase_ != Phase::open || !message_ || is_handling_ || is_client_behind) return std::nullopt;
    is_handling_ = true;
    auto message = std::exchange(message_, std::nullopt);
    // Nothing was read while the message waited: the client could not be heard.
    listen_anew();
    advance();
    return message;
}

void SocketMachine::message_handled() {
    is_handling_ = false;
    if (is_draining_) drain();
}

void SocketMachine::send(EncodedFrame frame) {
    if (phase_ != Phase::open) return;
    if (queued_bytes_ > 0 && queued_bytes_ + frame->size() > limits_.max_queued_bytes) {
        output_.clear();
        queued_bytes_ = writing_bytes_;
        return close(CloseCode::policy_violation, "too slow: too much waits to be taken");
    }
    queue(std::move(frame));
}

void SocketMachine::close(CloseCode code, std::string reason) {
    if (phase_ != Phase::open) return;
    queue(encode_close(code, reason));
    leave_open(code, std::move(reason), false);
    phase_ = Phase::closing;
    phase_deadline_ = Deadline::after(clock_.now(), limits_.close_timeout);
}

void SocketMachine::drain() {
    is_draining_ = true;
    if (!is_handling_) close(CloseCode::going_away, "the service is stopping");
}

void SocketMachine::tick() {
    const auto now = clock_.now();
    if (write_deadline_.passed(now)) return abandon("the client takes nothing");
    if (phase_ == Phase::open) {
        if (!wants_input() || !life_deadline_.passed(now)) return;
        if (std::exchange(is_ping_out_, true)) return abandon("the client does not answer a ping");
        queue(encode_frame(Opcode::ping, {}));
        life_deadline_ = Deadline::after(now, limits_.ping_interval);
    } else if (phase_deadline_.passed(now)) {
        abandon("the client does not close");
    }
}

std::vector<EncodedFrame> SocketMachine::take_output() {
    if (writing_bytes_ > 0 || output_.empty()) return {};
    writing_bytes_ = queued_bytes_;
    write_deadline_ = Deadline::after(clock_.now(), limits_.write_timeout);
    return std::exchange(output_, {});
}

void SocketMachine::output_written() {
    queued_bytes_ -= std::exchange(writing_bytes_, 0);
    write_deadline_ = Deadline::never();
}

bool SocketMachine::wants_input() const {
    if (input_ended_ || phase_ == Phase::finished) return false;
    return phase_ != Phase::open || !message_;
}

Deadline SocketMachine::deadline() const {
    if (phase_ != Phase::open) return phase_deadline_.earlier(write_deadline_);
    return wants_input() ? life_deadline_.earlier(write_deadline_) : write_deadline_;
}

// Goes on with the bytes that are there, up to the next message that waits to be taken.
void SocketMachine::advance() {
    while (phase_ == Phase::closing || (phase_ == Phase::open && !message_)) {
        auto frame = reader_.next(limits_.max_message_bytes - assembler_.size());
        if (reader_.failure()) return fail(*reader_.failure());
        if (!frame) return;
        handle(std::move(*frame));
    }
}

void SocketMachine::handle(Frame frame) {
    if (frame.opcode == Opcode::close) return handle_close(frame.payload);
    // RFC 6455 section 5.5.1: after a Close frame nothing else is sent, and what comes counts no more.
    if (phase_ == Phase::closing) return;
    if (frame.opcode == Opcode::ping) return send(encode_frame(Opcode::pong, frame.payload));
    if (frame.opcode == Opcode::pong) return;
    message_ = assembler_.add(std::move(frame));
    if (assembler_.failure()) fail(*assembler_.failure());
}

void SocketMachine::handle_close(const std::string& payload) {
    if (phase_ == Phase::closing) return linger();
    if (payload.empty()) {
        queue(encode_close(CloseCode::no_status, {}));
        leave_open(CloseCode::no_status, {}, true);
        return linger();
    }
    if (payload.size() == 1) return fail({CloseCode::protocol_error, "a Close frame holds half a code"});
    const auto code =
        static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 | static_cast<std::uint8_t>(payload[1]));
    if (!may_be_sent(code)) return fail({CloseCode::protocol_error, "the code of a Close frame is not allowed"});
    auto reason = payload.substr(2);
    if (!is_utf8(reason)) return fail({CloseCode::invalid_data, "the reason of a Close frame is not UTF-8"});
    queue(encode_close(static_cast<CloseCode>(code), {}));
    leave_open(static_cast<CloseCode>(code), std::move(reason), true);
    linger();
}

void SocketMachine::fail(const Failure& failure) {
    close(failure.code, failure.reason);
    // What comes now cannot be told apart any more: the client's Close frame will not be recognised.
    linger();
}

void SocketMachine::queue(EncodedFrame frame) {
    queued_bytes_ += frame->size();
    output_.push_back(std::move(frame));
}

void SocketMachine::linger() {
    phase_ = input_ended_ ? Phase::finished : Phase::lingering;
    phase_deadline_ = Deadline::after(clock_.now(), limits_.close_timeout);
}

void SocketMachine::leave_open(CloseCode code, std::string reason, bool is_by_client) {
    closure_ = {code, std::move(reason), is_by_client};
    message_.reset();
}

void SocketMachine::abandon(std::string reason) {
    if (phase_ == Phase::open) leave_open(CloseCode::abnormal, std::move(reason), true);
    phase_ = Phase::finished;
    output_.clear();
    queued_bytes_ = writing_bytes_ = 0;
    write_deadline_ = Deadline::never();
}

void SocketMachine::listen_anew() {
    is_ping_out_ = false;
    const bool has_pings = limits_.ping_interval > Duration::zero();
    life_deadline_ = has_pings ? Deadline::after(clock_.now(), limits_.ping_interval) : Deadline::never();
}

}  // namespace hiratake::websocket
