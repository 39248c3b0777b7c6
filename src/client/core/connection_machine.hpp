#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "amqp/frame_reader.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "client/core/connection_events.hpp"
#include "client/core/consumer_machine.hpp"
#include "client/core/handshake.hpp"
#include "client/core/heartbeat.hpp"
#include "client/core/publisher_machine.hpp"
#include "client/core/topology_machine.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"

namespace hiratake::client::core {

struct ConnectionMachineOptions {
    Tuning wishes;
    amqp::Table client_properties;
    PublisherOptions publisher;
    RetryPolicy retry;
    /// How long the handshake may take.
    Duration handshake_timeout = std::chrono::seconds{10};
    /// How long topology and consumers may take after it.
    Duration restore_timeout = std::chrono::seconds{60};
    /// How long an acknowledgement may wait for something to be written together with. When the prefetch is half used
    /// up by such, they do not wait.
    Duration acknowledgement_delay{};
    /// How many bytes are gathered for one write; what is beyond waits for the next.
    std::size_t max_write_size = 1 << 20;
};

/// What the driver does after each thing it tells the machine. In any case it writes what take_outgoing() gives and
/// hands on the events.
enum class ConnectionAction {
    go_on,     ///< Read, write and wait until next_deadline().
    be_ready,  ///< As go_on, and tell those who wait: handshake done, topology declared, consumers subscribed.
    hang_up,   ///< The conversation is over: write what is left, close the stream, disconnected(). failure() says why,
               ///< or nothing, when it was close() that ended it.
};

/// One conversation with a broker after the other, over streams that the driver opens and feeds it from: handshake,
/// restore, run. What outlives a connection lives here: the topology, the consumers, the publishes without an answer.
///
/// Channel 1 is for declarations, channel 2 for publishing, channel 3 for publishing without confirms, which is opened
/// when it is needed first, and each consumer has one from 4 on.
class ConnectionMachine {
  public:
    /// `log` and `random` must outlive the machine.
    ConnectionMachine(ConnectionMachineOptions options, const Log& log, Random& random);
    ConnectionMachine(const ConnectionMachine&) = delete;
    ConnectionMachine& operator=(const ConnectionMachine&) = delete;

    /// A stream to the broker of `uri` is open: begins the handshake.
    void begin(const ConnectionUri& uri, TimePoint now);
    /// Where the driver reads into, at least `size` bytes.
    std::span<char> receive_buffer(std::size_t size) { return reader_.prepare(size); }
    /// The first `size` bytes of receive_buffer() have come.
    ConnectionAction received(std::size_t size, TimePoint now);
    /// next_deadline() has come, or something was asked for.
    ConnectionAction advance(TimePoint now);
    /// Says goodbye: after the broker's answer comes hang_up.
    ConnectionAction close(TimePoint now);
    /// The stream is gone: what outlives it waits for the next one. Does nothing the second time.
    void disconnected();

    /// These wait for advance() to take effect, so that all that is asked for in one moment leaves in one write.
    void publish(PendingPublishPointer publish);
    void settle(const DeliveryKey& key, Settlement settlement);
    void declare(Topology topology) { topology_.declare(std::move(topology)); }
    /// Returns the name of the new consumer: its channel. Nothing when there is no channel left.
    std::optional<std::uint16_t> add_consumer(ConsumerOptions options);
    void cancel_consumer(std::uint16_t consumer);
    void fail_publishes(PublishStatus status, std::string_view detail);

    /// Hands out what is to be written, in exchange for a buffer whose room can be used again.
    void take_outgoing(amqp::ByteBuffer& buffer, TimePoint now);
    bool has_outgoing() const { return !outgoing_.empty() || are_acknowledgements_due_; }
    /// Whether there is that, or publishes that wait for room in it.
    bool has_unwritten() const {
        return has_outgoing() || publisher_.has_waiting() || unconfirmed_publisher_.has_waiting();
    }
    /// What happened, for the driver to take out.
    ConnectionEvents& events() { return events_; }
    Deadline next_deadline() const;

    bool is_ready() const { return state_ == State::running; }
    /// Whether every publish has its answer.
    bool is_idle() const { return publisher_.is_idle() && unconfirmed_publisher_.is_idle(); }
    /// Whether there are consumers: also cancelled ones, as long as a delivery of theirs waits to be settled.
    bool has_consumers() const;
    const std::optional<Failure>& failure() const { return failure_; }
    /// What it means that the stream ended just now.
    std::string end_of_stream_text() const;

    void on(const amqp::ConnectionClose& close);
    void on(const amqp::ConnectionCloseOk& ok);
    void on(const amqp::ConnectionBlocked& blocked);
    void on(const amqp::ConnectionUnblocked& unblocked);
    template <class Method>
    void on(const Method&) {
        break_protocol(Method::name);
    }

  private:
    enum class State {
        disconnected,  ///< No stream.
        handshaking,   ///< The handshake is under way.
        restoring,     ///< Channels, topology and consumers are coming up.
        running,       ///< Everything is up.
        closing,       ///< connection.close was sent.
        over,          ///< The stream is of no use any more.
    };

    void handle(const amqp::Frame& frame, TimePoint now);
    void handle_handshake(const amqp::Frame& frame, TimePoint now);
    void handle_topology(const amqp::Frame& frame, TimePoint now);
    void handle_publisher(PublisherMachine& publisher, const amqp::Frame& frame);
    void handle_consumer(ConsumerMachine& consumer, const amqp::Frame& frame, TimePoint now);
    void handle_method(const amqp::Frame& frame);
    void start_restoring(TimePoint now);
    void keep_alive(TimePoint now);
    void write_publishes();
    void write_publishes_of(PublisherMachine& publisher);
    ConnectionAction finish(TimePoint now);
    void subscribe_consumers(TimePoint now);
    void judge_acknowledgements(TimePoint now);
    void write_acknowledgements();
    void forget_acknowledgements();
    void say_goodbye(std::string_view why);
    bool is_restored() const;
    void refuse(const Failure& failure);
    void break_protocol(std::string_view what);
    void fail(Failure failure);
    ConsumerMachine* find_consumer(std::uint16_t channel);
    void report(std::uint16_t consumer, ConsumerState state) { events_.consumers.push_back({consumer, state}); }

    ConnectionMachineOptions options_;
    ConnectionEvents events_;
    Logger logger_;
    Random& random_;
    // For the next wait after a refusal: a frame that is none needs no random number.
    double chance_;
    amqp::ByteBuffer outgoing_;
    // Their acknowledgements are written with the rest, as few as will do.
    std::vector<std::uint16_t> acknowledging_channels_;
    Deadline acknowledge_by_;
    bool are_acknowledgements_due_ = false;
    amqp::FrameWriter writer_{outgoing_};
    amqp::FrameReader reader_;
    Handshake handshake_;
    Heartbeat heartbeat_;
    TopologyMachine topology_;
    PublisherMachine publisher_;
    PublisherMachine unconfirmed_publisher_;
    bool uses_unconfirmed_publisher_ = false;
    const PublisherMachine* wrote_last_ = nullptr;
    /// The consumer of channel 4 comes first; empty where one has finished.
    std::vector<std::unique_ptr<ConsumerMachine>> consumers_;
    std::uint64_t generations_ = 0;
    State state_ = State::disconnected;
    bool was_ever_ready_ = false;
    /// Whether a consumer may have to subscribe.
    bool consumers_changed_ = false;
    // Looking through all consumers at each step would cost more than the step.
    Deadline next_subscription_;
    Deadline restored_by_;
    std::optional<Failure> failure_;
};

}  // namespace hiratake::client::core
