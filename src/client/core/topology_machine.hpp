#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "amqp/frame_writer.hpp"
#include "amqp/methods.hpp"
#include "client/core/connection_events.hpp"
#include "client/core/failure.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/client/core/retry_policy.hpp"
#include "hiratake/client/core/topology.hpp"

namespace hiratake::client::core {

/// Writes the method that makes the declaration.
/// Throws amqp::EncodeError for a name or argument that AMQP has no room for.
void write_declaration(amqp::FrameWriter& writer, std::uint16_t channel, const Declaration& declaration);

/// What came of one thing that the broker said.
enum class TopologyStatus {
    under_way,  ///< More answers are due, or nothing was asked.
    settled,    ///< The last answer that was due has come.
    refused,    ///< A declaration was refused: failure() says which and why. It is set aside and tried again later.
    protocol_broken,  ///< The broker broke the protocol: failure() says how; the connection cannot go on.
};

/// Declares exchanges, queues and bindings in their order, on a channel of its own: what is refused there hurts no
/// consumer and no publish. All of them are sent at once, the answers come in order; a refusal closes the channel, and
/// what came after it is sent again on a new one.
class TopologyMachine {
  public:
    /// Frames go to `writer`, which must outlive the machine.
    TopologyMachine(amqp::FrameWriter& writer, std::uint16_t channel, RetryPolicy policy)
        : writer_(writer), channel_(channel), policy_(policy) {}

    /// Adds declarations, for this connection and those to come. One that is there already is declared once more.
    void declare(Topology topology);
    /// Declares a queue, its bindings and their exchanges once more: the queue has vanished.
    void redeclare_queue(std::string_view queue);

    /// A connection has come up: opens the channel and declares everything.
    void connected();
    /// The connection is gone.
    void disconnected();
    /// One method of the broker on this channel. `chance` is evenly spread over [0, 1).
    TopologyStatus receive(std::string_view method_payload, TimePoint now, double chance);
    /// Tries those again whose time has come.
    void advance(TimePoint now);
    Deadline next_deadline() const;

    /// Whether no answer is due. What was refused and waits for another try does not count.
    bool is_settled() const;
    const Failure& failure() const { return failure_; }
    /// The queue whose declaration was answered by what was received last.
    std::optional<DeclaredQueue> take_declared_queue() { return std::exchange(declared_queue_, std::nullopt); }

    void on(const amqp::ChannelOpenOk&);
    void on(const amqp::ChannelClose& close);
    void on(const amqp::ExchangeDeclareOk& ok) { confirm<Exchange>(ok.name); }
    void on(const amqp::QueueDeclareOk& ok);
    void on(const amqp::QueueBindOk& ok) { confirm<Binding>(ok.name); }
    void on(const amqp::ExchangeBindOk& ok) { confirm<ExchangeBinding>(ok.name); }
    template <class Method>
    void on(const Method&) {
        break_protocol(Method::name);
    }

  private:
    enum class EntryState {
        pending,   ///< Is to be sent as soon as the channel is open.
        sent,      ///< Its answer is due.
        declared,  ///< Exists.
        refused,   ///< Waits for another try.
    };
    enum class ChannelState { closed, opening, open };

    struct Entry {
        Declaration declaration;
        EntryState state = EntryState::pending;
        std::uint32_t refusals = 0;
        Deadline retry_at;
        /// While its answer was due.
        bool is_asked_for_again = false;
    };

    template <class Kind>
    void confirm(std::string_view method) {
        if (sent_.empty() || !std::holds_alternative<Kind>(entries_[sent_.front()].declaration)) {
            return break_protocol(method);
        }
        confirm_front();
    }
    void confirm_front();
    void break_protocol(std::string_view method);
    void open_channel();
    void send_pending();
    std::size_t find_or_add(Declaration declaration);
    void make_pending(std::size_t index);

    amqp::FrameWriter& writer_;
    std::uint16_t channel_;
    RetryPolicy policy_;
    ChannelState state_ = ChannelState::closed;
    bool is_connected_ = false;
    std::vector<Entry> entries_;
    /// Declarations of the same text may differ in their options.
    std::unordered_multimap<std::string, std::size_t> index_by_text_;
    /// Indices of the entries whose answers are due, in order.
    std::deque<std::size_t> sent_;
    std::size_t pending_ = 0;
    std::size_t refused_ = 0;
    TimePoint now_;
    double chance_ = 0.0;
    TopologyStatus status_ = TopologyStatus::under_way;
    Failure failure_;
    std::optional<DeclaredQueue> declared_queue_;
};

}  // namespace hiratake::client::core
