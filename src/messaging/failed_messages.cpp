#include "messaging/failed_messages.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "messaging/message_transfer.hpp"
#include "messaging/retry_verdict.hpp"

namespace hiratake::messaging {
namespace {

// Leaves the broker's clock, and ours, some room.
constexpr Duration lease_length = wire::waiting_queue_grace - std::chrono::milliseconds{500};

void require_lasting_queue(const QueueSubscription::Options& subscription, const std::string& handler) {
    for (const client::Declaration& declaration : subscription.topology) {
        const auto* queue = std::get_if<client::Queue>(&declaration);
        if (!queue || queue->name != subscription.queue || !(queue->exclusive || queue->auto_delete)) continue;
        throw ConfigurationError(
            fmt::format("`{}` cannot have retry(): its queue `{}` is deleted when the service stops, and messages that "
                        "wait for another attempt would be lost; make it a lasting one (reliable_delivery)",
                        handler, queue->name));
    }
}

}  // namespace

FailedMessages::FailedMessages(ServiceContainer& container, const Entrypoint& entrypoint,
                               const QueueSubscription::Options& subscription, std::string message_name,
                               std::vector<std::string> sensitive_in_body)
    : entrypoint_(entrypoint),
      queue_(subscription.queue),
      message_name_(std::move(message_name)),
      sensitive_in_body_(std::move(sensitive_in_body)),
      handler_(fmt::format("{}.{}", container.service_name(), entrypoint.method_name())),
      connection_(container.environment().resources.get<client::ConnectionSource>().connection()),
      clock_(container.environment().clock),
      random_(container.environment().random),
      logger_(container.environment().log, container.service_name()),
      retried_(container.environment().metrics.counter(
          "hiratake_messages_retried_total", "Messages that were put aside for another attempt.",
          {{"service", container.service_name()}, {"method", entrypoint.method_name()}})),
      parked_(container.environment().metrics.counter(
          "hiratake_messages_parked_total", "Messages that were parked, and wait for somebody to look at them.",
          {{"service", container.service_name()}, {"method", entrypoint.method_name()}})),
      lease_(lease_length) {
    require_lasting_queue(subscription, handler_);
    connection_.declare(wire::parked_topology(queue_));
    // Whatever is wrong with it shall end the start, and not the first retry.
    connection_.declare({wire::backoff_exchange()});
}

void FailedMessages::start() {
    const std::lock_guard lock{mutex_};
    is_stopping_ = false;
}

void FailedMessages::stop() noexcept {
    const std::lock_guard lock{mutex_};
    is_stopping_ = true;
    for (net::Parker* parker : waiting_) parker->unpark();
}

std::uint32_t FailedMessages::attempt(const client::MessageProperties& properties) {
    return properties.headers ? wire::attempt_history(*properties.headers).failures + 1 : 1;
}

void FailedMessages::retry_or_park(client::Delivery& delivery, const std::exception_ptr& error,
                                   const CallIdStack& call_id_stack) {
    client::MessageProperties properties = delivery.properties();
    const RetryVerdict verdict = judge(entrypoint_.options(), attempt(properties) - 1, error, random_.unit());
    const wire::FailedAttempt failed = failed_attempt(delivery, verdict.failures);
    if (!verdict.delay) return park(delivery, failed, error);
    if (!transfer(delivery, waiting(std::move(properties), failed, *verdict.delay, call_id_stack))) return;
    retried_.increment();
    logger_.info("{} comes again in {} ms: attempt {} failed", message_name_, verdict.delay->count(), verdict.failures);
}

void FailedMessages::park(client::Delivery& delivery, const std::exception_ptr& error) {
    park(delivery, failed_attempt(delivery, attempt(delivery.properties())), error);
}

void FailedMessages::park(client::Delivery& delivery, const wire::FailedAttempt& failed,
                          const std::exception_ptr& error) {
    const ErrorDescription description = ErrorDescription::of(error);
    const Copy copy = parked(delivery.properties(), failed, description);
    if (!transfer(delivery, copy)) return;
    parked_.increment();
    logger_.error("parked {} in queue `{}` after {} attempt(s): {}: {}; see `hiratake parked`", message_name_,
                  copy.queue, failed.failures, description.type, description.message);
}

wire::FailedAttempt FailedMessages::failed_attempt(const client::Delivery& delivery, std::uint32_t failures) const {
    return {failures, clock_.wall_time(), delivery.exchange(), delivery.routing_key()};
}

FailedMessages::Copy FailedMessages::waiting(client::MessageProperties properties, const wire::FailedAttempt& failed,
                                             std::chrono::milliseconds delay, const CallIdStack& call_id_stack) const {
    Copy copy{std::string{wire::backoff_exchange_name},
              queue_,
              wire::waiting_queue_name(delay),
              wire::waiting_topology(delay),
              std::move(properties),
              std::to_string(delay.count())};
    copy.properties.headers =
        wire::waiting_headers(std::move(copy.properties.headers).value_or(amqp::Table{}), failed, delay, call_id_stack);
    return copy;
}

FailedMessages::Copy FailedMessages::parked(client::MessageProperties properties, const wire::FailedAttempt& failed,
                                            const ErrorDescription& error) const {
    const std::string queue = wire::parked_queue_name(queue_);
    const Uuid id = random_.uuid4();
    Copy copy{{}, queue, queue, wire::parked_topology(queue_), std::move(properties), {}};
    copy.properties.headers =
        wire::parked_headers(std::move(copy.properties.headers).value_or(amqp::Table{}), failed,
                             {id, queue_, handler_, error.path, error.message, sensitive_in_body_});
    copy.properties.delivery_mode = client::persistent;
    return copy;
}

bool FailedMessages::transfer(client::Delivery& delivery, const Copy& copy) {
    MessageTransfer machine;
    while (true) {
        switch (machine.next()) {
            case MessageTransfer::Action::publish: {
                const client::PublishResult result = publish(delivery, copy);
                if (!result.ok()) {
                    logger_.warning("{} did not get into queue `{}`: {} {}", message_name_, copy.queue,
                                    to_string(result.status), result.detail);
                }
                machine.published(result, clock_.now());
                break;
            }
            case MessageTransfer::Action::wait:
                wait_until(machine.wait_until()) ? machine.waited() : machine.stopped();
                break;
            case MessageTransfer::Action::acknowledge: delivery.ack(); return true;
            case MessageTransfer::Action::give_back: delivery.reject(true); return false;
        }
    }
}

client::PublishResult FailedMessages::publish(const client::Delivery& delivery, const Copy& copy) {
    client::Publication publication{copy.exchange, copy.routing_key, delivery.body(), copy.properties, true};
    publication.properties.expiration.reset();
    if (!copy.expiration_ms.empty()) publication.properties.expiration = copy.expiration_ms;
    // The broker lets nobody publish under the name of another user.
    publication.properties.user_id.reset();
    Deadline deadline;
    try {
        {
            // Whoever is told that the queue has been declared must find that it has been asked for.
            const std::lock_guard lock{mutex_};
            if (lease_.renew(copy.queue, clock_.now())) connection_.declare(copy.topology);
            deadline = lease_.ends(copy.queue);
        }
        client::PublishResult result = connection_.publish_and_wait(std::move(publication), deadline);
        if (result.ok() && deadline.passed(clock_.now())) {
            result = {client::PublishStatus::timed_out, "confirmed too late to be sure of it"};
        }
        return result;
    } catch (const client::ConnectionClosed& error) {
        return {client::PublishStatus::connection_lost, error.what()};
    } catch (const Error& error) {
        return {client::PublishStatus::refused, error.what()};
    }
}

bool FailedMessages::wait_until(Deadline deadline) {
    net::Parker parker;
    {
        const std::lock_guard lock{mutex_};
        if (is_stopping_) return false;
        waiting_.push_back(&parker);
    }
    const bool was_stopped = parker.park(deadline, clock_);
    const std::lock_guard lock{mutex_};
    std::erase(waiting_, &parker);
    return !was_stopped;
}

}  // namespace hiratake::messaging
