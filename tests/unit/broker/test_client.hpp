#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/frame_reader.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "amqp/properties.hpp"
#include "broker/core/session.hpp"
#include "test_broker.hpp"

namespace hiratake::broker::core::test {

using Lines = std::vector<std::string>;

struct TestClientOptions {
    std::string user = "guest";
    std::string vhost = "/";
    bool is_loopback = true;
    std::uint16_t channel_max = 2047;
    std::uint32_t frame_max = 131072;
    std::uint16_t heartbeat_seconds = 0;
    std::vector<std::string> capabilities{"authentication_failure_close", "basic.nack", "publisher_confirms",
                                          "consumer_cancel_notify", "connection.blocked"};
};

/// The client's end of one session, driven by hand: what it sends is fed to the session, what the session has to say is
/// read as lines of text, one for each method, with its content behind it:
/// "basic.deliver consumer_tag='t' … | delivery_mode=2 | 'the body'". Lines of another channel than 1 start with "N: ".
class TestClient final : public Session::Owner {
  public:
    /// With `start` false nothing is sent yet.
    explicit TestClient(TestBroker& broker, TestClientOptions options = {}, bool start = true);

    /// Through the handshake, up to an open channel 1 (or the error on the way).
    Lines connect();
    Lines log_in();

    template <class Method>
    Lines call(const Method& method, std::uint16_t channel = 1) {
        write(method, channel);
        return flush();
    }
    /// Stages bytes; flush() sends all that is staged at once.
    template <class Method>
    void write(const Method& method, std::uint16_t channel = 1) {
        writer_.write_method(channel, method);
    }
    void write_publish(std::string_view exchange, std::string_view routing_key, std::string_view body,
                       const amqp::Properties& properties = {}, bool mandatory = false, std::uint16_t channel = 1);
    Lines publish(std::string_view exchange, std::string_view routing_key, std::string_view body,
                  const amqp::Properties& properties = {}, bool mandatory = false);
    Lines send_bytes(std::string_view bytes);
    Lines flush();

    /// What the session has said since the last time. While `reads` is false, nothing.
    Lines received();
    /// A queue that the server names, or the given one.
    std::string declare(amqp::Table arguments = {}, std::string_view name = {});
    void consume(std::string_view queue, std::string_view tag, bool no_ack = false, amqp::Table arguments = {});

    Session& session() { return *session_; }
    /// The connection is lost.
    void hang_up() { session_.reset(); }

    void attend() override {}

    bool reads = true;

  private:
    void add_frame(const amqp::Frame& frame, Lines& lines);

    TestClientOptions options_;
    amqp::ByteBuffer staged_;
    amqp::FrameWriter writer_;
    amqp::FrameReader reader_;
    std::optional<Session> session_;
};

/// The bodies of the deliveries, get-oks and returns among the lines, in order.
Lines bodies(const Lines& lines);
/// "consumer_tag:body" of the deliveries among the lines, in order.
Lines deliveries(const Lines& lines);

}  // namespace hiratake::broker::core::test
