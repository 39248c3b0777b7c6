#pragma once

#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/base/call_id_stack.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/metrics.hpp"
#include "messaging/queue_lease.hpp"
#include "messaging/queue_subscription.hpp"
#include "net/parker.hpp"
#include "wire/redelivery.hpp"

namespace hiratake {
class Random;
class ServiceContainer;
}  // namespace hiratake

namespace hiratake::messaging {

/// Sees to the messages of one entrypoint with retry() whose method failed: each waits for its next attempt, or is
/// parked. (docs/retries.md; nameko-amqp-retry: BackoffPublisher.)
class FailedMessages {
  public:
    /// Declares where they wait and where they are parked. `topology` is that of the queue, which must not be one that
    /// is deleted with its consumer: ConfigurationError. What is given by reference outlives these.
    /// @param sensitive_in_body what whoever looks at parked messages is not shown
    FailedMessages(ServiceContainer& container, const Entrypoint& entrypoint,
                   const QueueSubscription::Options& subscription, std::string message_name,
                   std::vector<std::string> sensitive_in_body);

    /// For a message whose method threw this: it waits for its next attempt, or is parked. Returns when it is settled.
    /// On a worker's thread.
    /// @param call_id_stack that of the worker
    void retry_or_park(client::Delivery& delivery, const std::exception_ptr& error, const CallIdStack& call_id_stack);
    /// For a message that the method cannot be called with.
    void park(client::Delivery& delivery, const std::exception_ptr& error);
    /// Messages that are on the way go back to their queue when they do not get through at once. From any thread.
    void stop() noexcept;
    void start();

    /// How often this message has been tried, this time included.
    static std::uint32_t attempt(const client::MessageProperties& properties);

  private:
    /// A copy of a message, and where it goes.
    struct Copy {
        std::string exchange;
        std::string routing_key;
        /// The queue that it gets into, and what has to be declared for that.
        std::string queue;
        amqp::Topology topology;
        client::MessageProperties properties;
        std::string expiration_ms;
    };

    Copy waiting(client::MessageProperties properties, const wire::FailedAttempt& attempt,
                 std::chrono::milliseconds delay, const CallIdStack& call_id_stack) const;
    Copy parked(client::MessageProperties properties, const wire::FailedAttempt& attempt,
                const ErrorDescription& error) const;
    void park(client::Delivery& delivery, const wire::FailedAttempt& attempt, const std::exception_ptr& error);
    wire::FailedAttempt failed_attempt(const client::Delivery& delivery, std::uint32_t failures) const;
    /// Whether the message is safe in its new queue, and acknowledged.
    bool transfer(client::Delivery& delivery, const Copy& copy);
    client::PublishResult publish(const client::Delivery& delivery, const Copy& copy);
    /// Returns whether the time passed before stop().
    bool wait_until(Deadline deadline);

    const Entrypoint& entrypoint_;
    const std::string queue_;
    const std::string message_name_;
    const std::vector<std::string> sensitive_in_body_;
    const std::string handler_;
    client::Connection& connection_;
    const Clock& clock_;
    Random& random_;
    const Logger logger_;
    Counter& retried_;
    Counter& parked_;
    std::mutex mutex_;
    QueueLease lease_;
    bool is_stopping_ = false;
    std::vector<net::Parker*> waiting_;
};

}  // namespace hiratake::messaging
