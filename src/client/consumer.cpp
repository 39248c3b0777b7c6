#include "hiratake/client/consumer.hpp"

#include <exception>
#include <utility>

#include "client/subscription.hpp"

namespace hiratake::client {

void Consumer::Subscription::deliver(Delivery&& delivery, const Logger& logger) {
    const std::lock_guard lock{handler_mutex_};
    if (is_cancelled_) return;
    try {
        handler_(std::move(delivery));
    } catch (const std::exception& error) {
        logger.error("The handler of deliveries from queue '{}' failed: {}", options_.queue, error.what());
    } catch (...) {
        logger.error("The handler of deliveries from queue '{}' failed", options_.queue);
    }
}

void Consumer::Subscription::cancel() {
    const std::lock_guard lock{handler_mutex_};
    if (std::exchange(is_cancelled_, true)) return;
    ask_broker_to_cancel_();
}

void Consumer::Subscription::set_state(ConsumerState state) {
    const std::lock_guard lock{state_mutex_};
    state_ = state;
    if (state == ConsumerState::consuming) has_consumed_ = true;
    for (net::Parker* parker : waiting_) parker->unpark();
}

ConsumerState Consumer::Subscription::state() const {
    const std::lock_guard lock{state_mutex_};
    return state_;
}

HealthReport Consumer::Subscription::health() const {
    const std::lock_guard lock{state_mutex_};
    switch (state_) {
        case ConsumerState::consuming: return {HealthState::ready, "consuming"};
        case ConsumerState::waiting:
            if (!has_consumed_) return {HealthState::not_ready, "subscribing"};
            return {HealthState::not_ready, "restoring", "the connection was lost, or the broker cancelled it"};
        case ConsumerState::ended: break;
    }
    return {HealthState::failed, "ended", "nothing is consumed from the queue any more"};
}

bool Consumer::Subscription::wait_until_ended(Deadline deadline) {
    std::unique_lock lock{state_mutex_};
    bool was_woken = true;
    while (state_ != ConsumerState::ended && was_woken) {
        net::Parker parker;
        waiting_.push_back(&parker);
        lock.unlock();
        was_woken = parker.park(deadline);
        lock.lock();
        std::erase(waiting_, &parker);
    }
    return state_ == ConsumerState::ended;
}

Consumer::Consumer() = default;
Consumer::Consumer(std::shared_ptr<Subscription> subscription) : subscription_(std::move(subscription)) {}
Consumer::Consumer(Consumer&& other) noexcept = default;

Consumer& Consumer::operator=(Consumer&& other) noexcept {
    if (this != &other) {
        cancel();
        subscription_ = std::move(other.subscription_);
    }
    return *this;
}

Consumer::~Consumer() {
    cancel();
}

void Consumer::cancel() {
    if (subscription_) subscription_->cancel();
}

bool Consumer::wait_until_ended(Deadline deadline) const {
    return !subscription_ || subscription_->wait_until_ended(deadline);
}

ConsumerState Consumer::state() const {
    return subscription_ ? subscription_->state() : ConsumerState::ended;
}

HealthReport Consumer::health() const {
    return subscription_ ? subscription_->health() : HealthReport{HealthState::failed, "ended"};
}

const ConsumerOptions& Consumer::options() const {
    return subscription_->options();
}

}  // namespace hiratake::client
