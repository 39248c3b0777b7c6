#pragma once

#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "net/parker.hpp"

namespace hiratake::messaging {

/// One message whose confirm is awaited: where the thread that waits and the I/O thread that brings it meet. Safe from
/// any thread.
class PendingConfirm {
  public:
    /// @param logger of the call that has published; its log outlives the confirm
    /// @param deadline by which the connection tells the outcome
    /// @param clock of the deadline; must outlive the confirm
    PendingConfirm(Logger logger, Deadline deadline, const Clock& clock);
    /// One that is settled, and that logs nothing: a test's.
    explicit PendingConfirm(std::exception_ptr error) : outcome_(std::move(error)) {}

    /// @param error null where the broker has the message. Once.
    void settle(std::exception_ptr error);
    /// Returns when settled without an error, or throws that.
    void wait();
    bool ready() const;
    /// Nobody will wait. An error is logged, whether it is there or comes.
    void abandon();

  private:
    void log_error() const;

    const std::optional<Logger> logger_;
    const Deadline deadline_;
    const Clock* const clock_ = nullptr;
    mutable std::mutex mutex_;
    net::Parker settled_;
    std::optional<std::exception_ptr> outcome_;
    bool is_abandoned_ = false;
    bool is_observed_ = false;
};

}  // namespace hiratake::messaging
