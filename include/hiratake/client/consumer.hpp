#pragma once

#include <memory>
#include <string>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/health_report.hpp"
#include "hiratake/base/unique_function.hpp"
#include "hiratake/client/core/consumer_options.hpp"
#include "hiratake/client/core/consumer_state.hpp"
#include "hiratake/client/delivery.hpp"

namespace hiratake::client {

/// Called on the I/O thread for each message, in the order of the queue: it must be short and must not wait, so it
/// hands the delivery to a worker. An exception is logged, and the delivery requeued if it still had it.
using DeliveryHandler = UniqueFunction<void(Delivery delivery)>;

/// A subscription to one queue. Cancelled at the latest with its destruction. May outlive its Connection, and has ended
/// then.
class Consumer {
  public:
    /// None: only to be assigned to.
    Consumer();
    Consumer(Consumer&& other) noexcept;
    Consumer& operator=(Consumer&& other) noexcept;
    /// cancel(), without waiting for the broker, but for a handler that is running (unless it is the caller).
    ~Consumer();

    /// Asks the broker to deliver nothing more. Once this has returned, the handler is not called any more (it waits
    /// for one that is running, unless called from inside it). What was delivered can still be settled. From any
    /// thread.
    void cancel();
    /// Waits until the broker has answered the cancel, or the connection is gone. Returns false when the deadline
    /// passed first. Not on the I/O thread.
    bool wait_until_ended(Deadline deadline) const;

    /// What it does just now. From any thread.
    ConsumerState state() const;
    /// Ready while it consumes; failed when it has ended, which nobody should ask of one that was cancelled. From any
    /// thread.
    HealthReport health() const;
    const ConsumerOptions& options() const;
    explicit operator bool() const { return subscription_ != nullptr; }

    /// For Connection.
    class Subscription;
    explicit Consumer(std::shared_ptr<Subscription> subscription);

  private:
    // Shared with the Connection, whose I/O thread delivers to it.
    std::shared_ptr<Subscription> subscription_;
};

}  // namespace hiratake::client
