#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "amqp/frame_reader.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/method_id.hpp"
#include "broker/core/access_control.hpp"
#include "broker/core/deadlines.hpp"
#include "broker/core/fault.hpp"
#include "broker/core/message.hpp"
#include "hiratake/amqp/table.hpp"
#include "hiratake/base/error.hpp"

namespace hiratake::broker::core {

class Broker;
class Channel;
class Queue;
class Vhost;

/// Where a session is in its life (AMQP 0-9-1 section 2.2.4).
enum class SessionState {
    protocol_header_due,
    starting,  ///< connection.start is out
    tuning,    ///< connection.tune is out
    opening,   ///< tuned; connection.open is due
    running,
    refused,  ///< wrong credentials, and a client that cannot be told: it waits for nothing
    closing,  ///< connection.close is out: nothing counts but its answer
    over,     ///< to be hung up on once what there is to send has been sent
};

/// Who is at the other end.
struct Peer {
    std::string description;
    bool is_loopback = true;
};

/// One client's connection: takes in its bytes, and has bytes for it. Does no input or output itself.
///
/// The broker must outlive it. Its owner destroys it when the stream has ended; everything that the client held is then
/// given back.
class Session final : public Timed {
  public:
    /// The driver of a session.
    class Owner {
      public:
        virtual ~Owner() = default;
        /// There may be output, reading may be allowed again, or the session may be over. Called at most once in a
        /// pass, when it ends. Must not feed or destroy a session before it has returned.
        virtual void attend() = 0;
    };

    Session(Broker& broker, Peer peer, Owner& owner);
    ~Session() override;

    // Input.

    /// Room for at least `size` bytes from the client.
    std::span<char> prepare_input(std::size_t size) { return reader_.prepare(size); }
    /// That many bytes have been written there. Handles what is complete; ends the pass.
    void received(std::size_t size);
    /// Both in one.
    void feed(std::string_view bytes);
    /// Nothing should be read from the client now, so that it feels that it is too fast.
    bool is_reading_paused() const;

    // Output.

    bool has_output() const { return !output_.empty(); }
    /// Hands over what is to be sent. `empty` is an empty buffer, whose memory is used for what comes next; the call
    /// swaps the two. Until output_written() these bytes count as waiting.
    void take_output(amqp::ByteBuffer& empty);
    void output_written();
    /// Whether deliveries wait for output_written().
    bool is_starved() const { return starved_; }
    bool is_over() const { return state_ == SessionState::over; }
    /// Whether it is the client that hangs up first: it has asked for the close and been answered.
    bool client_has_closed() const { return client_has_closed_; }
    /// Why the broker ended the session, for the log; empty when the client did.
    const std::string& end_reason() const { return end_reason_; }

    // For the administrator.

    /// Tells the client to go (connection.close 320). `reason` completes the sentence of RabbitMQ's text.
    void close_forcibly(std::string_view reason);
    const Peer& peer() const { return peer_; }
    const amqp::Table& client_properties() const { return client_properties_; }
    std::size_t channel_count() const { return channels_.size(); }

    // For the broker's other parts.

    Broker& broker() const { return broker_; }
    Vhost& vhost() const { return *vhost_; }
    AccessControl& access() { return *access_; }
    bool client_understands(std::string_view capability) const;

    template <class Method>
    void send(std::uint16_t channel, const Method& method) {
        writer_.write_method(channel, method);
        ask_for_attention();
    }
    template <class Method>
    void send_content(std::uint16_t channel, const Method& method, std::string_view properties, std::string_view body) {
        try {
            writer_.write_content(channel, method, properties, body);
        } catch (const Error& error) {
            fail_later(error.what());
        }
        ask_for_attention();
    }
    /// Whether deliveries may be sent: not to a client that does not read what it was sent.
    bool accepts_deliveries() const;
    /// A message has been published: blocks the session when the broker is short of memory or disk.
    void note_publish();
    void unblock();

    void add_exclusive_queue(Queue& queue);
    void remove_exclusive_queue(Queue& queue);
    void add_confirming(Channel& channel);
    void remove_confirming(const Channel& channel);

    void ask_for_attention();
    /// The end of a pass: sends confirms, carries out what had to wait.
    void finish_pass();
    void attend();

    // What the methods of class connection do to it.

    SessionState state() const { return state_; }
    void log_in(std::shared_ptr<const User> user, amqp::Table client_properties);
    void tune(std::uint16_t channel_max, std::uint32_t frame_max, std::uint16_t heartbeat_seconds);
    void enter(Vhost& vhost, const Permissions& permissions);
    /// Wrong credentials. Clients without the capability for more are left waiting a while.
    void refuse_login(std::string_view mechanism, std::string_view user, const amqp::Table& client_properties);
    /// The client has asked for the end.
    void end_at_request();
    /// The end, when the output has been sent.
    void end(std::string reason);
    const std::shared_ptr<const User>& user() const { return user_; }

    void on_deadline(TimePoint now) override;

  private:
    struct HeldFrame {
        amqp::FrameType type;
        std::uint16_t channel;
        std::string payload;
    };

    void process();
    bool read_protocol_header();
    void handle(const amqp::Frame& frame);
    void handle_while_closing(const amqp::Frame& frame);
    void handle_connection_frame(const amqp::Frame& frame);
    void handle_channel_frame(const amqp::Frame& frame);
    bool handle_channel_end(const amqp::Frame& frame);
    MaybeFault open_channel(std::uint16_t number);
    void close_channel(Channel& channel, const Fault& fault);
    void hold(const amqp::Frame& frame);
    void fail(const Fault& fault, amqp::MethodId method);
    void fail_on_framing();
    void fail_later(std::string_view why);
    void release();
    void schedule(TimePoint now);
    std::size_t pending_output() const { return output_.size() + being_written_; }

    Broker& broker_;
    Peer peer_;
    Owner& owner_;
    SessionState state_ = SessionState::protocol_header_due;
    std::string end_reason_;
    bool client_has_closed_ = false;

    amqp::FrameReader reader_;
    amqp::ByteBuffer output_;
    amqp::FrameWriter writer_;
    std::size_t being_written_ = 0;
    mutable bool starved_ = false;  // a delivery was withheld because the output was full
    bool has_attention_ = false;
    std::optional<Fault> pending_fault_;

    amqp::Table client_properties_;
    std::shared_ptr<const User> user_;
    std::optional<AccessControl> access_;
    Vhost* vhost_ = nullptr;
    std::uint16_t channel_max_ = 0;

    std::unordered_map<std::uint16_t, std::unique_ptr<Channel>> channels_;
    /// Numbers of channels that were closed with an error, until the client has confirmed it.
    std::unordered_set<std::uint16_t> closing_channels_;
    std::vector<Channel*> confirming_;
    std::unordered_set<Queue*> exclusive_queues_;

    bool blocked_ = false;
    std::vector<HeldFrame> held_;
    std::size_t held_bytes_ = 0;

    Duration heartbeat_ = Duration::zero();
    TimePoint last_received_;
    TimePoint last_sent_;
    TimePoint drop_at_ = TimePoint::max();  // the handshake's, or the closing's, last moment
};

}  // namespace hiratake::broker::core
