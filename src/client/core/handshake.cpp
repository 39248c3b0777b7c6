#include "client/core/handshake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "amqp/dispatch.hpp"
#include "amqp/reply_code.hpp"
#include "amqp/table_codec.hpp"

namespace hiratake::client::core {
namespace {

/// Zero means "no limit" on either side.
template <class Number>
Number lower_limit(Number wish, Number offer) {
    if (wish == 0 || offer == 0) return std::max(wish, offer);
    return std::min(wish, offer);
}

/// Nameko and py-amqp: zero from the client switches heartbeats off, zero from the broker leaves it to the client.
std::uint16_t heartbeat(std::uint16_t wish, std::uint16_t offer) {
    if (wish == 0 || offer == 0) return wish;
    return std::min(wish, offer);
}

bool offers(std::string_view mechanisms, std::string_view wanted) {
    while (!mechanisms.empty()) {
        const std::size_t end = mechanisms.find(' ');
        if (mechanisms.substr(0, end) == wanted) return true;
        mechanisms = end == std::string_view::npos ? std::string_view{} : mechanisms.substr(end + 1);
    }
    return false;
}

}  // namespace

Handshake::Handshake(amqp::FrameWriter& writer, Tuning wishes, amqp::Table client_properties)
    : writer_(writer), wishes_(wishes), client_properties_(std::move(client_properties)) {}

void Handshake::start(const ConnectionUri& uri) {
    uri_ = uri;
    mechanism_ = uri.mechanism.value_or(SaslMechanism::plain);
    tuning_ = wishes_;
    if (uri.heartbeat_s) tuning_.heartbeat_s = *uri.heartbeat_s;
    failure_.reset();
    state_ = State::awaiting_start;
    writer_.write_protocol_header();
}

HandshakeStatus Handshake::receive(std::string_view method_payload) {
    status_ = HandshakeStatus::under_way;
    const amqp::DecodeError error = amqp::dispatch_to_client(method_payload, *this);
    if (error != amqp::DecodeError::none) {
        fail(FailureKind::protocol, fmt::format("the broker sent a method that cannot be read: {}", to_text(error)));
    }
    return status_;
}

void Handshake::on(const amqp::ConnectionStart& start) {
    if (!expect(State::awaiting_start, start.name)) return;
    const std::string_view mechanism = to_string(mechanism_);
    if (!offers(start.mechanisms, mechanism)) {
        return fail(FailureKind::authentication,
                    fmt::format("the broker does not offer the login mechanism {}; it offers {}. Choose one with "
                                "auth_mechanism=",
                                mechanism, start.mechanisms));
    }
    const amqp::ByteBuffer secret = response();
    writer_.write_method(
        0, amqp::ConnectionStartOk{
               .client_properties = client_properties_, .mechanism = mechanism, .response = secret, .locale = "en_US"});
    state_ = State::awaiting_tune;
}

amqp::ByteBuffer Handshake::response() const {
    amqp::ByteBuffer response;
    switch (mechanism_) {
        case SaslMechanism::plain:
            for (const std::string& part : {uri_.user, uri_.password}) {
                response.push_back('\0');
                response.append(part);
            }
            break;
        case SaslMechanism::amqplain:
            amqp::write_fields(response, {{"LOGIN", uri_.user}, {"PASSWORD", uri_.password}});
            break;
        case SaslMechanism::external: break;
    }
    return response;
}

void Handshake::on(const amqp::ConnectionSecure& secure) {
    if (!expect(State::awaiting_tune, secure.name)) return;
    fail(FailureKind::authentication,
         fmt::format("the broker wants more than the mechanism {} can answer", to_string(mechanism_)));
}

void Handshake::on(const amqp::ConnectionTune& tune) {
    if (!expect(State::awaiting_tune, tune.name)) return;
    tuning_.channel_max = lower_limit(tuning_.channel_max, tune.channel_max);
    tuning_.frame_max = lower_limit(tuning_.frame_max, tune.frame_max);
    tuning_.heartbeat_s = heartbeat(tuning_.heartbeat_s, tune.heartbeat);
    if (tuning_.frame_max != 0 && tuning_.frame_max < amqp::frame_min_size) {
        return fail(
            FailureKind::protocol,
            fmt::format("the broker asks for frames of at most {} bytes, less than AMQP allows", tuning_.frame_max));
    }
    writer_.write_method(
        0, amqp::ConnectionTuneOk{
               .channel_max = tuning_.channel_max, .frame_max = tuning_.frame_max, .heartbeat = tuning_.heartbeat_s});
    writer_.write_method(0, amqp::ConnectionOpen{.virtual_host = uri_.vhost});
    state_ = State::awaiting_open_ok;
    status_ = HandshakeStatus::tuned;
}

void Handshake::on(const amqp::ConnectionOpenOk& open_ok) {
    if (!expect(State::awaiting_open_ok, open_ok.name)) return;
    state_ = State::done;
    status_ = HandshakeStatus::done;
}

void Handshake::on(const amqp::ConnectionClose& close) {
    writer_.write_method(0, amqp::ConnectionCloseOk{});
    const auto code = static_cast<amqp::ReplyCode>(close.reply_code);
    const std::string reason = fmt::format("{} {}", close.reply_code, close.reply_text);
    if (state_ == State::awaiting_tune && code == amqp::ReplyCode::access_refused) {
        const auto who = mechanism_ == SaslMechanism::external ? std::string{"the certificate"}
                                                               : fmt::format("user '{}'", uri_.user);
        return fail(FailureKind::authentication,
                    fmt::format("the broker refused {}; check user, password and permissions ({})", who, reason));
    }
    const bool about_vhost = code == amqp::ReplyCode::not_allowed || code == amqp::ReplyCode::invalid_path ||
                             code == amqp::ReplyCode::access_refused || code == amqp::ReplyCode::not_found;
    if (state_ == State::awaiting_open_ok && about_vhost) {
        return fail(FailureKind::vhost, fmt::format("the broker refused the virtual host '{}' to user '{}' ({})",
                                                    uri_.vhost, uri_.user, reason));
    }
    fail(FailureKind::broker_closed, fmt::format("the broker closed the connection ({})", reason));
}

std::string Handshake::end_of_stream_text() const {
    switch (state_) {
        case State::awaiting_tune:
            return "the broker closed the connection during the login, as some do when user or password are wrong";
        case State::awaiting_open_ok:
            return fmt::format("the broker closed the connection when asked for the virtual host '{}'", uri_.vhost);
        default: return "the broker closed the connection during the handshake";
    }
}

bool Handshake::expect(State state, std::string_view method) {
    if (state_ == state) return true;
    fail_unexpected(method);
    return false;
}

void Handshake::fail_unexpected(std::string_view method) {
    fail(FailureKind::protocol, fmt::format("the broker sent {}, which has no place in the handshake there", method));
}

void Handshake::fail(FailureKind kind, std::string text) {
    failure_ = Failure{kind, std::move(text)};
    state_ = State::failed;
    status_ = HandshakeStatus::failed;
}

}  // namespace hiratake::client::core
