#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/frame_reader.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "client/core/connection_machine.hpp"

namespace hiratake::client::core {

/// The other end of a ConnectionMachine's conversation, by hand or by itself, in the test's own time. What the client
/// said is kept in readable lines.
class FakeBroker {
  public:
    explicit FakeBroker(ConnectionMachine& machine) : machine_(machine) {}

    // What it offers and refuses.
    std::string mechanisms = "PLAIN AMQPLAIN EXTERNAL";
    amqp::ConnectionTune tune{.channel_max = 2047, .frame_max = 131072, .heartbeat = 60};
    /// The broker stalls at each of these methods: it answers neither it nor what follows on its channel, until the
    /// channel is opened anew.
    std::vector<std::string> silent_on;
    /// Confirms each publish by itself, where the client has asked for it.
    bool confirms = true;

    /// The stream is open: the machine begins, and the broker knows nothing of earlier streams.
    void accept(TimePoint now, const ConnectionUri& uri = {});
    /// Exchanges bytes until neither has anything to say, or the broker has spoken `max_replies` times. Returns the
    /// machine's last action that was not go_on.
    ConnectionAction converse(TimePoint now, std::size_t max_replies = SIZE_MAX);
    /// accept() and converse().
    ConnectionAction connect(TimePoint now, const ConnectionUri& uri = {}) {
        accept(now, uri);
        return converse(now);
    }
    /// Says one method.
    template <class Method>
    void say(std::uint16_t channel, const Method& method) {
        amqp::FrameWriter{to_client_}.write_method(channel, method);
    }
    template <class Method>
    void say_content(std::uint16_t channel, const Method& method, std::string_view properties, std::string_view body,
                     std::uint32_t frame_max = 0) {
        amqp::FrameWriter{to_client_, frame_max}.write_content(channel, method, properties, body);
    }
    void say_heartbeat() { amqp::FrameWriter{to_client_}.write_heartbeat(); }
    void say_bytes(std::string_view bytes) { to_client_.append(bytes); }

    /// Takes in what the client has written, without answering.
    void listen(TimePoint now);
    /// What the client said since the last call.
    std::vector<std::string> take_heard() { return std::exchange(heard_, {}); }
    std::size_t replies() const { return replies_; }
    /// The number of client frames whose line contains `text`.
    std::size_t count_heard(std::string_view text) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(heard_, [&](const auto& line) { return line.find(text) != std::string::npos; }));
    }

    template <class Method>
    void on(const Method& method) {
        if (Method::id == amqp::ChannelOpen::id) stalled_.erase(channel_);
        if (std::ranges::find(silent_on, Method::name) != silent_on.end()) stalled_.insert(channel_);
        if (!stalled_.contains(channel_)) answer(method);
    }

  private:
    bool hear_one();
    template <class Method>
    void reply(const Method& method) {
        say(channel_, method);
    }
    void answer(const amqp::ConnectionStartOk&) { reply(tune); }
    void answer(const amqp::ConnectionOpen&) { reply(amqp::ConnectionOpenOk{}); }
    void answer(const amqp::ConnectionClose&) { reply(amqp::ConnectionCloseOk{}); }
    void answer(const amqp::ChannelOpen&) { reply(amqp::ChannelOpenOk{}); }
    void answer(const amqp::ChannelClose&) { reply(amqp::ChannelCloseOk{}); }
    void answer(const amqp::ConfirmSelect&) {
        confirming_channel_ = channel_;
        published_ = 0;
        reply(amqp::ConfirmSelectOk{});
    }
    void answer(const amqp::ExchangeDeclare&) { reply(amqp::ExchangeDeclareOk{}); }
    void answer(const amqp::ExchangeBind&) { reply(amqp::ExchangeBindOk{}); }
    void answer(const amqp::QueueDeclare& declare) { reply(amqp::QueueDeclareOk{.queue = declare.queue}); }
    void answer(const amqp::QueueBind&) { reply(amqp::QueueBindOk{}); }
    void answer(const amqp::BasicQos&) { reply(amqp::BasicQosOk{}); }
    void answer(const amqp::BasicConsume& consume) {
        reply(amqp::BasicConsumeOk{.consumer_tag = consume.consumer_tag});
    }
    void answer(const amqp::BasicCancel& cancel) { reply(amqp::BasicCancelOk{.consumer_tag = cancel.consumer_tag}); }
    void answer(const amqp::BasicPublish&) {
        if (channel_ != confirming_channel_) return;
        ++published_;
        if (confirms) reply(amqp::BasicAck{.delivery_tag = published_});
    }
    template <class Method>
    void answer(const Method&) {}

    ConnectionMachine& machine_;
    amqp::FrameReader reader_{0};
    amqp::ByteBuffer from_client_;
    amqp::ByteBuffer to_client_;
    bool heard_protocol_header_ = false;
    std::uint16_t channel_ = 0;
    std::set<std::uint16_t> stalled_;
    /// 0: none.
    std::uint16_t confirming_channel_ = 0;
    std::uint64_t published_ = 0;
    std::size_t replies_ = 0;
    std::vector<std::string> heard_;
};

}  // namespace hiratake::client::core
