#pragma once

#include <functional>
#include <optional>
#include <string>

#include "hiratake/base/log.hpp"
#include "hiratake/client/delivery.hpp"
#include "hiratake/payload/serializers.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "messaging/message_settlement.hpp"
#include "messaging/queue_subscription.hpp"

namespace hiratake::messaging {

/// An entrypoint that takes each message of one queue to a worker that runs one method, and settles it by what became
/// of it. (Nameko: messaging.Consumer.)
class QueueEntrypoint : public Entrypoint {
  public:
    void setup(ServiceContainer& container) final;
    void start() final;
    void stop() noexcept final;
    void kill() noexcept final { stop(); }
    bool can_retry() const final { return true; }
    bool can_limit_workers() const final { return true; }
    bool can_set_prefetch() const final { return true; }
    bool can_order() const final { return true; }

  protected:
    struct Options {
        QueueSubscription::Options subscription;
        MessageSettlement::Options settlement;
        /// What the method is called with beside the body.
        std::function<Value(const client::Delivery& delivery)> second_argument = nullptr;
    };

    explicit QueueEntrypoint(MethodCall method_call)
        : Entrypoint(method_call.signature().method_name()), method_(std::move(method_call)) {}

    /// What to consume, asked for at setup. Throws ConfigurationError for what cannot be.
    virtual Options consume_from(const ServiceContainer& container) const = 0;
    const MethodCall& method() const { return method_; }

  private:
    void on_message(client::Delivery delivery);
    bool is_accepted(client::Delivery delivery);
    /// None where it waits for no other.
    std::optional<std::string> ordering_key_of(const client::Delivery& delivery) const;
    void handle(client::Delivery& delivery);
    void handle_in_order(client::Delivery delivery, const std::string& key);
    void run(client::Delivery& delivery);

    MethodCall method_;
    /// An ordered message whose method failed runs again before those behind it. By way of the broker it would come
    /// after those of them that are here already.
    bool runs_again_here_ = false;
    std::function<Value(const client::Delivery& delivery)> second_argument_;
    ServiceContainer* container_ = nullptr;
    std::optional<Logger> logger_;
    Serializers serializers_;
    QueueSubscription subscription_;
    MessageSettlement settlement_;
};

}  // namespace hiratake::messaging
