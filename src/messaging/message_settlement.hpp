#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/client/delivery.hpp"
#include "messaging/failed_messages.hpp"
#include "service/delivery_guarantee.hpp"

namespace hiratake {
class ServiceContainer;
class WorkerContext;
struct WorkerResult;
}  // namespace hiratake

namespace hiratake::messaging {

/// How the messages of one entrypoint are settled, once a worker is done with them: acknowledged, put back, or, where
/// the entrypoint says retry(), left to FailedMessages.
class MessageSettlement {
  public:
    struct Options {
        bool requeue_on_error = false;
        /// For the log: "a message of queue `documents`".
        std::string message_name;
        /// What nobody is to see of a parked message's body.
        std::vector<std::string> sensitive_in_body = {};
        DeliveryGuarantee guarantee = DeliveryGuarantee::at_least_once;
    };

    /// Throws ConfigurationError for an entrypoint with retry() that is also to requeue on error, or whose queue does
    /// not last.
    void setup(ServiceContainer& container, const Entrypoint& entrypoint,
               const QueueSubscription::Options& subscription, Options options);
    void start();
    void stop() noexcept;

    /// A worker is about to begin: what is delivered by best effort is acknowledged now, unless the entrypoint needs it
    /// for another attempt.
    void begin(client::Delivery& delivery);
    /// The method has ended.
    void settle(client::Delivery& delivery, const WorkerContext& context, const WorkerResult& result);
    /// The method cannot be called with this message, and would not the next time: it is parked, or dropped.
    void refuse(client::Delivery& delivery, const std::exception_ptr& error);

    const std::string& message_name() const { return options_.message_name; }

  private:
    Options options_;
    std::optional<Logger> logger_;
    std::unique_ptr<FailedMessages> failed_messages_;
};

}  // namespace hiratake::messaging
