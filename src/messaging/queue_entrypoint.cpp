#include "messaging/queue_entrypoint.hpp"

#include <exception>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_result.hpp"
#include "service/configured_serializers.hpp"
#include "wire/context.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::messaging {
namespace {

WorkerContext::Inbound inbound_of(const client::MessageProperties& properties) {
    if (!properties.headers) return {};
    wire::Context context = wire::decode_context(*properties.headers);
    return {std::move(context.call_id_stack), std::move(context.data),
            wire::attempt_history(*properties.headers).failures + 1};
}

}  // namespace

void QueueEntrypoint::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    container_ = &container;
    logger_.emplace(environment.log, container.service_name());
    serializers_ = configured_serializers(container);
    Options options = consume_from(container);
    second_argument_ = std::move(options.second_argument);
    settlement_.setup(container, *this, options.subscription, std::move(options.settlement));
    subscription_.setup(container, std::move(options.subscription));
}

void QueueEntrypoint::start() {
    settlement_.start();
    subscription_.start([this](client::Delivery delivery) { on_message(std::move(delivery)); });
}

void QueueEntrypoint::stop() noexcept {
    subscription_.stop();
    settlement_.stop();
}

void QueueEntrypoint::on_message(client::Delivery delivery) {
    // A delivery that no worker takes is dropped with its task, and so goes back to the queue.
    const bool accepted = container_->submit([this, held = std::move(delivery)]() mutable { handle(std::move(held)); });
    if (!accepted) {
        logger_->debug("{} goes back to its queue: the service is stopping, or all workers are busy",
                       settlement_.message_name());
    }
}

void QueueEntrypoint::handle(client::Delivery delivery) {
    try {
        run(delivery);
    } catch (const Error&) {
        settlement_.refuse(delivery, std::current_exception());
    }
}

void QueueEntrypoint::run(client::Delivery& delivery) {
    const client::MessageProperties properties = delivery.properties();
    Array arguments;
    arguments.push_back(serializers_.decode(properties.content_type, properties.content_encoding, delivery.body()));
    if (second_argument_) arguments.push_back(second_argument_(delivery));
    WorkerContext::Inbound inbound = inbound_of(properties);
    method_.prepare(std::move(arguments), {}, [&](const ServiceContainer::Call& call) {
        container_->run_worker(*this, std::move(inbound), call,
                               [&](const WorkerContext& context, const WorkerResult& result) {
                                   settlement_.settle(delivery, context, result);
                               });
    });
}

}  // namespace hiratake::messaging
