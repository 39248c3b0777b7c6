#pragma once

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/unique_function.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/service/metrics.hpp"
#include "net/parker.hpp"
#include "rpc/call_names.hpp"
#include "rpc/reply_outcome.hpp"

namespace hiratake::rpc {

/// One call whose reply is awaited: where the thread that waits and the I/O thread that brings the reply meet. Safe
/// from any thread.
class PendingReply {
  public:
    /// @param clock of the deadline; it outlives every call, as do the log and the counter
    /// @param timeouts counts a reply that does not come in time; may be null
    PendingReply(CallNames names, Duration timeout, Deadline deadline, const Clock& clock, const Log& log,
                 Counter* timeouts = nullptr);

    /// The first outcome counts; later ones are dropped.
    void complete(ReplyOutcome&& outcome);
    void fail(std::exception_ptr error);
    /// Ends with RpcTimeout.
    void time_out();
    /// As fail(), but logs nothing when nobody waits: the call itself may well succeed.
    void cancel(std::exception_ptr error);

    /// Waits until there is an outcome or the deadline passes, which is an outcome too: RpcTimeout. Returns the result
    /// or throws.
    Value result();
    /// Waits as result() does, and finds the result in its JSON where that is easy.
    std::optional<std::string_view> json_result();
    bool ready() const;
    void when_ready(UniqueFunction<void()> then);

    /// Nobody will ask for the result. If it is, or becomes, an error, that is logged.
    void abandon();

    std::string_view target() const { return names_.target(); }
    std::string_view call_id() const { return names_.call_id(); }
    std::string_view correlation_id() const { return names_.correlation_id(); }
    Deadline deadline() const { return deadline_; }

  private:
    const ReplyOutcome& wait();
    /// The outcome, which somebody has then asked for; null when there is none yet.
    const ReplyOutcome* observe();
    std::exception_ptr timeout_error() const;
    /// Returns whether this outcome counts and is for nobody: the reply has been abandoned before.
    bool settle(ReplyOutcome&& outcome);
    void log_if_error(const ReplyOutcome& outcome) const;

    const CallNames names_;
    const Duration timeout_;
    const Deadline deadline_;
    const Clock& clock_;
    const Log& log_;
    Counter* const timeouts_;
    mutable std::mutex mutex_;
    net::Parker parker_;
    std::optional<ReplyOutcome> outcome_;
    UniqueFunction<void()> then_;
    bool abandoned_ = false;
    bool observed_ = false;
};

}  // namespace hiratake::rpc
