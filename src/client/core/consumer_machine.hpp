#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "amqp/content_assembler.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "amqp/owned_method.hpp"
#include "client/core/failure.hpp"
#include "client/core/incoming_delivery.hpp"
#include "client/core/unsettled_deliveries.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/client/core/consumer_options.hpp"
#include "hiratake/client/core/retry_policy.hpp"

namespace hiratake::client::core {

/// What came of one frame.
enum class ConsumerStatus {
    fine,                 ///< Deliveries, if any, are in the list.
    subscribed,           ///< The broker has accepted the consumer.
    cancelled_by_broker,  ///< The queue is gone: declare it again, then subscribe().
    refused,              ///< The broker closed the channel: failure() says why. subscribe() when wants_subscription().
    ended,                ///< The cancel that was asked for is done.
    protocol_broken,      ///< The broker broke the protocol: failure() says how; the connection cannot go on.
};

/// One consumer on a channel of its own, so that its prefetch is its own and its troubles are too. It remembers over
/// reconnects that it wants to be subscribed.
class ConsumerMachine {
  public:
    /// `options.consumer_tag` must not be empty. Frames go to `writer`, which must outlive the machine.
    ConsumerMachine(amqp::FrameWriter& writer, std::uint16_t channel, ConsumerOptions options, RetryPolicy policy,
                    std::uint64_t max_message_size);

    /// Whether it is time to call subscribe().
    bool wants_subscription(TimePoint now) const;
    /// Opens the channel if need be, limits the prefetch and consumes. `generation` names a channel that is opened now:
    /// it must never have been used before.
    void subscribe(std::uint64_t generation);
    /// Asks the broker to send no more. What has been delivered can still be settled; with the last settlement the
    /// channel closes.
    void cancel();
    /// Answers a delivery; void when its channel has gone. An acknowledgement waits for write_acknowledgements().
    void settle(const DeliveryKey& key, Settlement settlement);
    bool has_acknowledgements() const { return unsettled_.acknowledged() > 0; }
    /// Whether the broker may soon have to wait for them.
    bool has_urgent_acknowledgements() const;
    void write_acknowledgements() { unsettled_.write_acknowledgements(writer_, channel_); }

    void disconnected();
    /// One frame of the broker on this channel. `chance` is evenly spread over [0, 1).
    ConsumerStatus receive(const amqp::Frame& frame, TimePoint now, double chance,
                           std::vector<IncomingDeliveryPointer>& deliveries);
    /// When wants_subscription() may become true by the passing of time alone.
    Deadline next_deadline() const;

    std::uint16_t channel() const { return channel_; }
    const ConsumerOptions& options() const { return options_; }
    bool is_subscribed() const { return state_ == State::subscribed; }
    bool is_cancelled() const { return is_cancelled_; }
    /// Cancelled, and the broker knows: nothing will be delivered any more.
    bool is_ended() const {
        return is_cancelled_ && (state_ == State::closed || state_ == State::unsubscribed || is_closing());
    }
    /// Cancelled, everything settled, the channel closed: the machine has nothing left to do.
    bool is_finished() const { return is_cancelled_ && state_ == State::closed; }
    /// Deliveries on the present channel that have not been settled.
    std::size_t unsettled() const { return unsettled_.count(); }
    const Failure& failure() const { return failure_; }

    void on(const amqp::ChannelOpenOk& ok);
    void on(const amqp::BasicQosOk&) {}
    void on(const amqp::BasicConsumeOk& ok);
    void on(const amqp::BasicDeliver& deliver);
    void on(const amqp::BasicCancel& cancel);
    void on(const amqp::BasicCancelOk& ok);
    void on(const amqp::ChannelClose& close);
    void on(const amqp::ChannelCloseOk& ok);
    void on(const amqp::ChannelFlow& flow);
    template <class Method>
    void on(const Method&) {
        break_protocol(Method::name);
    }

  private:
    enum class State {
        closed,        ///< No channel.
        opening,       ///< channel.open was sent.
        unsubscribed,  ///< The channel is open, nothing is consumed.
        subscribing,   ///< basic.qos and basic.consume were sent.
        subscribed,    ///< Deliveries come.
        cancelling,    ///< basic.cancel was sent.
        closing,       ///< channel.close was sent, after the last settlement.
    };

    void consume();
    void finish_delivery();
    void forget_channel();
    void close_when_done();
    bool is_closing() const { return state_ == State::closing; }
    void break_protocol(std::string_view what);

    amqp::FrameWriter& writer_;
    std::uint16_t channel_;
    ConsumerOptions options_;
    RetryPolicy policy_;
    State state_ = State::closed;
    bool is_cancelled_ = false;
    std::uint64_t generation_ = 0;
    UnsettledDeliveries unsettled_;
    std::uint32_t failures_in_a_row_ = 0;
    TimePoint retry_at_;
    TimePoint subscribed_since_;
    amqp::ContentAssembler assembler_;
    amqp::OwnedMethod<amqp::BasicDeliver> deliver_;
    TimePoint now_;
    double chance_ = 0.0;
    /// Where finish_delivery() puts what receive() completes.
    std::vector<IncomingDeliveryPointer>* deliveries_ = nullptr;
    ConsumerStatus status_ = ConsumerStatus::fine;
    Failure failure_;
};

}  // namespace hiratake::client::core
