#include <algorithm>
#include <exception>
#include <utility>

#include "amqp/properties.hpp"
#include "client/connection_driver.hpp"

// How the driver takes the machine's events to the users' handlers, and how it ends.

namespace hiratake::client {
namespace {

constexpr Duration goodbye_timeout = std::chrono::seconds{3};

}  // namespace

void Connection::Driver::hand_out_events() {
    if (machine_.events().empty()) return;
    hand_out_deliveries();
    hand_out_settled();
    hand_out_consumer_changes();
    hand_out_returns();
    for (const core::DeclaredQueue& queue : machine_.events().queues) board_.set_message_count(queue);
    machine_.events().clear();
}

void Connection::Driver::hand_out_deliveries() {
    for (auto& incoming : machine_.events().deliveries) {
        const auto found = subscriptions_.find(incoming->key.channel);
        if (found == subscriptions_.end()) {
            machine_.settle(incoming->key, core::Settlement::requeue);
            continue;
        }
        incoming->origin = found->second;
        found->second->deliver(Delivery{std::move(incoming)}, logger_);
    }
}

void Connection::Driver::hand_out_settled() {
    auto& settled = machine_.events().settled;
    if (settled.empty()) return;
    std::size_t bytes = 0;
    for (auto& publish : settled) {
        bytes += publish.size;
        try {
            publish.handler(publish.result);
        } catch (const std::exception& error) {
            logger_.error("The handler of a publish's outcome ({}) failed: {}", to_string(publish.result.status),
                          error.what());
        } catch (...) {
            logger_.error("The handler of a publish's outcome ({}) failed", to_string(publish.result.status));
        }
    }
    inbox_->release(settled.size(), bytes);
}

void Connection::Driver::hand_out_consumer_changes() {
    for (const auto& [channel, state] : machine_.events().consumers) {
        const auto found = subscriptions_.find(channel);
        if (found == subscriptions_.end()) continue;
        found->second->set_state(state);
        if (state == ConsumerState::ended) subscriptions_.erase(found);
    }
}

void Connection::Driver::hand_out_returns() {
    for (const core::UnclaimedReturn& returned : machine_.events().returns) {
        if (is_claimed(returned)) continue;
        logger_.warning(
            "The broker returned a message for exchange '{}' with routing key '{}' ({}), and nobody waits to hear it",
            returned.exchange, returned.routing_key, returned.reason);
    }
}

bool Connection::Driver::is_claimed(const core::UnclaimedReturn& returned) const {
    MessageProperties properties;
    if (amqp::decode_properties(returned.encoded_properties, properties) != amqp::DecodeError::none) return false;
    const ReturnedMessage told{returned.exchange, returned.routing_key, properties, returned.reason};
    return std::ranges::any_of(return_handlers_, [&](const std::weak_ptr<ReturnHandler>& each) {
        const std::shared_ptr<ReturnHandler> handler = each.lock();
        try {
            return handler && (*handler)(told);
        } catch (const std::exception& error) {
            logger_.error("A handler of returned messages failed: {}", error.what());
        } catch (...) {
            logger_.error("A handler of returned messages failed");
        }
        return false;
    });
}

void Connection::Driver::subscribe(const std::shared_ptr<Consumer::Subscription>& subscription) {
    const auto channel = is_closing_ ? std::nullopt : machine_.add_consumer(subscription->options());
    if (channel) {
        subscriptions_[*channel] = subscription;
        return;
    }
    logger_.error("Queue '{}' is not consumed: {}", subscription->options().queue,
                  is_closing_ ? "the connection is closing" : "the broker allows no more channels (channel_max)");
    subscription->set_state(ConsumerState::ended);
}

void Connection::Driver::unsubscribe(const Consumer::Subscription& subscription) {
    for (const auto& [channel, candidate] : subscriptions_) {
        if (candidate.get() == &subscription) return machine_.cancel_consumer(channel);
    }
}

void Connection::Driver::close(Deadline deadline) {
    const bool is_open = inbox_->command([this] {
        is_closing_ = true;
        for (const auto& [channel, subscription] : subscriptions_) machine_.cancel_consumer(channel);
    });
    if (is_open) board_.wait_until_ended(deadline);
    terminate();
}

void Connection::Driver::continue_closing() {
    if (!stream_ || !life_.is_ready()) return end(std::nullopt);
    if (goodbye_deadline_.passed(now())) return end(std::nullopt);
    if (!goodbye_deadline_.is_never() || !machine_.is_idle() || machine_.has_consumers()) return;
    goodbye_deadline_ = Deadline::after(now(), goodbye_timeout);
    machine_.close(now());
}

void Connection::Driver::terminate() {
    const std::lock_guard lock{mutex_};
    end(std::nullopt);
}

void Connection::Driver::end(std::optional<core::Failure> fatal) {
    if (std::exchange(is_ended_, true)) return;
    life_.resume(core::ReconnectEvent::stop, now());
    const std::string reason = fatal ? fatal->text : "the connection was closed";
    inbox_->close();
    StagedWork rest;
    inbox_->take(rest);
    for (auto& publish : rest.publishes) machine_.publish(std::move(publish));
    machine_.disconnected();
    machine_.fail_publishes(PublishStatus::connection_lost, reason);
    // What is still in the events was delivered on a connection that is gone: the broker has it back.
    machine_.events().deliveries.clear();
    hand_out_events();
    for (const auto& [channel, subscription] : std::exchange(subscriptions_, {})) {
        subscription->set_state(ConsumerState::ended);
    }
    board_.set_ended(std::move(fatal));
    // Streams, connector and timer belong to the loop's thread, and none of them may go inside its own handler.
    loop_.post([self = shared_from_this()] { self->release(); });
}

void Connection::Driver::release() {
    const std::lock_guard lock{mutex_};
    connector_.cancel();
    timer_.cancel();
    if (stream_) stream_->close();
    stream_.reset();
}

}  // namespace hiratake::client
