#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "client/core/delivery_origin.hpp"
#include "client/inbox.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/client/consumer.hpp"
#include "net/parker.hpp"

namespace hiratake::client {

/// What the user's Consumer and the connection's I/O thread share.
class Consumer::Subscription final : public core::DeliveryOrigin {
  public:
    Subscription(ConsumerOptions options, DeliveryHandler handler, std::shared_ptr<Inbox> inbox,
                 UniqueFunction<void()> cancel)
        : options_(std::move(options)),
          handler_(std::move(handler)),
          inbox_(std::move(inbox)),
          ask_broker_to_cancel_(std::move(cancel)) {}

    const ConsumerOptions& options() const override { return options_; }
    void settle(const core::DeliveryKey& key, core::Settlement settlement) override { inbox_->settle(key, settlement); }

    /// For the I/O thread: hands the delivery to the user, or back to the queue once cancelled.
    void deliver(Delivery&& delivery, const Logger& logger);
    void set_state(ConsumerState state);

    void cancel();
    ConsumerState state() const;
    HealthReport health() const;
    bool wait_until_ended(Deadline deadline);

  private:
    const ConsumerOptions options_;
    // Held while the handler runs, so that cancel() can wait for it; recursive, so that the handler may call cancel().
    std::recursive_mutex handler_mutex_;
    DeliveryHandler handler_;
    bool is_cancelled_ = false;
    // Shared with the connection, which may go first.
    const std::shared_ptr<Inbox> inbox_;
    UniqueFunction<void()> ask_broker_to_cancel_;

    mutable std::mutex state_mutex_;
    ConsumerState state_ = ConsumerState::waiting;
    bool has_consumed_ = false;
    std::vector<net::Parker*> waiting_;
};

}  // namespace hiratake::client
