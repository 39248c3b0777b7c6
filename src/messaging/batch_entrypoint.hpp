#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/messaging/consume_options.hpp"
#include "hiratake/payload/serializers.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "messaging/message_settlement.hpp"
#include "messaging/queue_subscription.hpp"

namespace hiratake::messaging {

/// One method that is called with many messages of a queue at a time.
class BatchEntrypoint final : public Entrypoint {
  public:
    /// Throws ConfigurationError for a batch of no or too many messages.
    BatchEntrypoint(std::string queue, BatchOptions batch_options, MethodCall method_call);
    ~BatchEntrypoint() override;

    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }
    bool can_retry() const override { return true; }
    bool can_limit_workers() const override { return true; }
    bool can_set_prefetch() const override { return true; }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    using Deliveries = std::vector<client::Delivery>;
    /// A delivery whose body could be decoded.
    struct Message {
        client::Delivery delivery;
        Value body;
    };
    struct Gathering;

    void on_message(client::Delivery delivery);
    void submit();
    void handle(Deliveries deliveries);
    std::vector<Message> decoded(Deliveries deliveries);
    std::vector<Message> fitting(std::vector<Message> messages);
    void run(std::vector<Message>& messages);

    const std::string queue_;
    BatchOptions batch_options_;
    MethodCall method_;
    ServiceContainer* container_ = nullptr;
    std::optional<Logger> logger_;
    Serializers serializers_;
    // What the loop's thread alone uses, from start() to stop().
    std::unique_ptr<Gathering> gathering_;
    QueueSubscription subscription_;
    MessageSettlement settlement_;
};

}  // namespace hiratake::messaging
