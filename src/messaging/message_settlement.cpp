#include "messaging/message_settlement.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_result.hpp"

namespace hiratake::messaging {

void MessageSettlement::setup(ServiceContainer& container, const Entrypoint& entrypoint,
                              const QueueSubscription::Options& subscription, Options options) {
    options_ = std::move(options);
    logger_.emplace(container.environment().log, container.service_name());
    if (!entrypoint.options().retry_schedule()) return;
    if (options_.requeue_on_error) {
        throw ConfigurationError(fmt::format("`{}.{}` has both retry() and requeue_on_error; leave one of them out",
                                             container.service_name(), entrypoint.method_name()));
    }
    failed_messages_ = std::make_unique<FailedMessages>(container, entrypoint, subscription, options_.message_name,
                                                        options_.sensitive_in_body);
}

void MessageSettlement::start() {
    if (failed_messages_) failed_messages_->start();
}

void MessageSettlement::stop() noexcept {
    if (failed_messages_) failed_messages_->stop();
}

void MessageSettlement::begin(client::Delivery& delivery) {
    const bool may_come_again = failed_messages_ || options_.requeue_on_error;
    if (options_.guarantee == DeliveryGuarantee::best_effort && !may_come_again) delivery.ack();
}

void MessageSettlement::settle(client::Delivery& delivery, const WorkerContext& context, const WorkerResult& result) {
    if (!result.error) return delivery.ack();
    if (failed_messages_) {
        return failed_messages_->retry_or_park(delivery, result.error, context.call_id_stack());
    }
    if (options_.requeue_on_error) return delivery.reject(true);
    delivery.ack();
}

void MessageSettlement::refuse(client::Delivery& delivery, const std::exception_ptr& error) {
    try {
        if (failed_messages_) return failed_messages_->park(delivery, error);
    } catch (const client::ConnectionError&) {
        // Its properties cannot be read either: there is nothing to put a copy together from.
    }
    logger_->error("dropped {}: {}", options_.message_name, ErrorDescription::of(error).message);
    delivery.ack();
}

}  // namespace hiratake::messaging
