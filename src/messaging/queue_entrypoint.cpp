#include "messaging/queue_entrypoint.hpp"

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_result.hpp"
#include "service/configured_serializers.hpp"
#include "wire/context.hpp"

namespace hiratake::messaging {

void settle(client::Delivery& delivery, const WorkerResult& result, bool requeue_on_error) {
    if (result.error && requeue_on_error) return delivery.reject(true);
    delivery.ack();
}

void QueueEntrypoint::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    container_ = &container;
    logger_.emplace(environment.log, container.service_name());
    serializers_ = configured_serializers(container);
    options_ = consume_from(container);
    subscription_.setup(container, std::move(options_.subscription));
}

void QueueEntrypoint::start() {
    subscription_.start([this](client::Delivery delivery) { on_message(std::move(delivery)); });
}

void QueueEntrypoint::on_message(client::Delivery delivery) {
    // A delivery that no worker takes is dropped with its task, and so goes back to the queue.
    const bool accepted = container_->submit([this, held = std::move(delivery)]() mutable { handle(std::move(held)); });
    if (!accepted) {
        logger_->debug("{} goes back to its queue: the service is stopping, or all workers are busy",
                       options_.message_name);
    }
}

void QueueEntrypoint::handle(client::Delivery delivery) {
    try {
        run(delivery);
    } catch (const Error& error) {
        // It would make no more sense the next time.
        logger_->error("dropped {}: {}", options_.message_name, error.what());
        delivery.ack();
    }
}

void QueueEntrypoint::run(client::Delivery& delivery) {
    const client::MessageProperties properties = delivery.properties();
    Array arguments;
    arguments.push_back(serializers_.decode(properties.content_type, properties.content_encoding, delivery.body()));
    if (options_.second_argument) arguments.push_back(options_.second_argument(delivery));
    wire::Context context;
    if (properties.headers) context = wire::decode_context(*properties.headers);
    method_.prepare(std::move(arguments), {}, [&](const ServiceContainer::Call& call) {
        container_->run_worker(
            *this, {std::move(context.call_id_stack), std::move(context.data)}, call,
            [&](WorkerContext&, const WorkerResult& result) { settle(delivery, result, options_.requeue_on_error); });
    });
}

}  // namespace hiratake::messaging
