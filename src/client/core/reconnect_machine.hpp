#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "client/core/failure.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/core/connection_uri.hpp"
#include "hiratake/client/core/retry_policy.hpp"

namespace hiratake::client::core {

/// What the driver does next; it answers with the event named here.
enum class ReconnectAction {
    none,      ///< Go on as before: the event came late and means nothing any more.
    connect,   ///< Open a stream to target(): `connected` or `failed`.
    converse,  ///< Run the connection machine over the stream: `ready` once, then `failed` when it ends.
    run,       ///< The connection is ready: tell those who wait, keep conversing.
    wait,      ///< The stream is gone: wait until wake_up(), then `woken`.
    stop,      ///< The life is over: fatal() says why, or it was asked for. No event is expected.
};

/// What happened.
enum class ReconnectEvent {
    start,      ///< The very first one.
    connected,  ///< The stream is open.
    ready,      ///< Handshake done, topology and consumers restored.
    failed,     ///< Could not connect, or the stream or the conversation ended; carries a Failure.
    woken,      ///< wake_up() has come.
    stop,       ///< The owner closes the connection.
};

/// The whole life of a connection: connect, handshake and restore, run, lost, wait, and again, until it is stopped.
///
/// Hosts are tried in turn; a wait comes when all have been tried, and grows with each failure in a row. What a person
/// has to mend (a wrong password) ends the life as long as the connection has never been ready; afterwards it is
/// reported and tried again, because somebody is rotating passwords or restoring a broker.
class ReconnectMachine {
  public:
    /// `targets` must not be empty. `log` and `random` must outlive the machine.
    ReconnectMachine(std::vector<ConnectionUri> targets, RetryPolicy policy, const Log& log, Random& random);

    ReconnectAction resume(ReconnectEvent event, TimePoint now, const Failure& failure = {});

    const ConnectionUri& target() const { return targets_[target_]; }
    TimePoint wake_up() const { return wake_up_; }
    bool is_ready() const { return state_ == State::running; }
    /// Whether the wake_up() counts.
    bool is_waiting() const { return state_ == State::waiting; }
    const std::optional<Failure>& fatal() const { return fatal_; }
    /// What went wrong last, for those whose patience ends while there is no connection.
    const std::optional<Failure>& last_failure() const { return last_failure_; }

  private:
    enum class State { idle, connecting, conversing, running, waiting, stopped };

    ReconnectAction lose(const Failure& failure, TimePoint now);
    void announce_ready(TimePoint now);

    std::vector<ConnectionUri> targets_;
    RetryPolicy policy_;
    Logger logger_;
    Random& random_;
    State state_ = State::idle;
    std::size_t target_ = 0;
    std::uint32_t failures_in_a_row_ = 0;
    bool was_ever_ready_ = false;
    TimePoint ready_since_;
    TimePoint wake_up_;
    std::optional<Failure> fatal_;
    std::optional<Failure> last_failure_;
};

}  // namespace hiratake::client::core
