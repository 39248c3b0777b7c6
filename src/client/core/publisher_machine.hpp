#pragma once

#include <cstdint>
#include <vector>

#include "amqp/content_assembler.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "amqp/owned_method.hpp"
#include "client/core/confirm_tracker.hpp"
#include "client/core/connection_events.hpp"
#include "client/core/failure.hpp"
#include "client/core/outbox.hpp"

namespace hiratake::client::core {

struct PublisherOptions {
    bool use_confirms = true;
    /// How many publishes may be on the wire without an answer; the rest waits in the outbox.
    std::size_t max_unconfirmed = 4096;
    /// A publish that was written this often, and took the connection with it each time, is given up.
    std::uint32_t max_attempts = 5;
    std::uint64_t max_message_size = 128ULL << 20;
};

/// What came of one frame.
enum class PublisherStatus {
    fine,             ///< Settled publishes, if any, are in the list.
    opened,           ///< The channel is ready: waiting publishes can be written.
    refused,          ///< The broker closed the channel over a publish: failure() says why. It is being opened again.
    protocol_broken,  ///< The broker broke the protocol: failure() says how; the connection cannot go on.
};

/// Publishes on a channel of its own, with asynchronous confirms (RabbitMQ: confirm.select), many of them outstanding;
/// or without: then a publish is settled as it is written.
///
/// When the broker closes the channel over a publish (404, 403, 406) it does not say which one it was. If several were
/// outstanding they are written again one at a time, each alone on the channel, until the culprit has given itself
/// away; it is reported as `refused`, and no neighbour is lost. Confirms are selected anew on every channel.
class PublisherMachine {
  public:
    /// Frames go to `writer`, which must outlive the machine. What is returned and not awaited goes to `returns`.
    PublisherMachine(amqp::FrameWriter& writer, std::uint16_t channel, PublisherOptions options,
                     std::vector<UnclaimedReturn>& returns);

    /// Takes a publish; write_waiting() writes it.
    void publish(PendingPublishPointer publish) { outbox_.push(std::move(publish)); }
    /// Writes what may be written, up to about `room` bytes.
    void write_waiting(std::size_t room, SettledPublishes& settled);

    /// A connection has come up: opens the channel.
    void connected();
    /// The connection is gone: what has no answer yet waits to be written again.
    void disconnected(SettledPublishes& settled);
    /// connection.blocked and unblocked: while blocked, nothing is written.
    void set_blocked(bool is_blocked) { is_blocked_ = is_blocked; }

    /// One frame of the broker on this channel.
    PublisherStatus receive(const amqp::Frame& frame, SettledPublishes& settled);
    /// Answers the publishes whose deadline has passed.
    void advance(TimePoint now, SettledPublishes& settled);
    Deadline next_deadline() const { return outbox_.next_deadline().earlier(tracker_.next_deadline()); }
    /// Answers everything, because the end has come.
    void fail_all(PublishStatus status, std::string_view detail, SettledPublishes& settled);

    bool is_open() const { return state_ == State::open; }
    /// Whether publishes wait to be written.
    bool has_waiting() const { return !outbox_.empty(); }
    bool is_idle() const { return outbox_.empty() && tracker_.empty(); }
    std::size_t outstanding() const { return outbox_.size() + tracker_.size(); }
    const Failure& failure() const { return failure_; }

    void on(const amqp::ChannelOpenOk& ok);
    void on(const amqp::ConfirmSelectOk& ok);
    void on(const amqp::ChannelClose& close);
    void on(const amqp::ChannelFlow& flow);
    void on(const amqp::BasicReturn& returned);
    void on(const amqp::BasicAck& ack);
    void on(const amqp::BasicNack& nack);
    template <class Method>
    void on(const Method&) {
        break_protocol(Method::name);
    }

  private:
    enum class State { closed, opening, selecting, open };

    void write(PendingPublishPointer publish, SettledPublishes& settled);
    void finish_return();
    void finish_answer(bool known, std::string_view method);
    void break_protocol(std::string_view what);
    std::size_t window() const { return suspects_ > 0 ? 1 : options_.max_unconfirmed; }

    amqp::FrameWriter& writer_;
    std::uint16_t channel_;
    PublisherOptions options_;
    std::vector<UnclaimedReturn>& returns_;
    State state_ = State::closed;
    bool is_blocked_ = false;
    bool is_flowing_ = true;
    Outbox outbox_;
    ConfirmTracker tracker_;
    /// How many publishes at the head of the outbox may be the one that closed the channel.
    std::size_t suspects_ = 0;
    bool suspect_is_written_ = false;
    amqp::ContentAssembler assembler_;
    amqp::OwnedMethod<amqp::BasicReturn> returned_;
    /// Where on() puts what receive() brings about.
    SettledPublishes* settled_ = nullptr;
    PublisherStatus status_ = PublisherStatus::fine;
    Failure failure_;
};

}  // namespace hiratake::client::core
