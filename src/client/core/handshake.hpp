#pragma once

#include <optional>
#include <string>

#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "client/core/failure.hpp"
#include "client/core/tuning.hpp"
#include "hiratake/amqp/table.hpp"
#include "hiratake/client/core/connection_uri.hpp"

namespace hiratake::client::core {

/// How far the handshake is, after each thing that the broker said.
enum class HandshakeStatus {
    under_way,  ///< The broker speaks next.
    tuned,      ///< The limits of tuning() hold from the next frame on, both ways; the broker speaks next.
    done,       ///< The connection is open.
    failed,     ///< It will not open: failure() says why.
};

/// Logs in (AMQP 0-9-1 section 2.2.4): protocol header, start, tune, open.
class Handshake {
  public:
    /// Frames go to `writer`, which must outlive the handshake. `client_properties` introduce the client to operators.
    Handshake(amqp::FrameWriter& writer, Tuning wishes, amqp::Table client_properties);

    /// Begins anew, on a fresh stream to the broker of `uri`.
    void start(const ConnectionUri& uri);

    /// One method of the broker on channel 0.
    HandshakeStatus receive(std::string_view method_payload);

    const Tuning& tuning() const { return tuning_; }
    const std::optional<Failure>& failure() const { return failure_; }
    /// What it means that the stream ended now: a broker that refuses a login may just hang up.
    std::string end_of_stream_text() const;

    void on(const amqp::ConnectionStart& start);
    void on(const amqp::ConnectionSecure& secure);
    void on(const amqp::ConnectionTune& tune);
    void on(const amqp::ConnectionOpenOk& open_ok);
    void on(const amqp::ConnectionClose& close);
    template <class Method>
    void on(const Method&) {
        fail_unexpected(Method::name);
    }

  private:
    enum class State { idle, awaiting_start, awaiting_tune, awaiting_open_ok, done, failed };

    bool expect(State state, std::string_view method);
    void fail(FailureKind kind, std::string text);
    void fail_unexpected(std::string_view method);
    amqp::ByteBuffer response() const;

    amqp::FrameWriter& writer_;
    Tuning wishes_;
    amqp::Table client_properties_;
    ConnectionUri uri_;
    SaslMechanism mechanism_ = SaslMechanism::plain;
    Tuning tuning_;
    State state_ = State::idle;
    HandshakeStatus status_ = HandshakeStatus::under_way;
    std::optional<Failure> failure_;
};

}  // namespace hiratake::client::core
