#include "messaging/message_consumer.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "hiratake/base/error.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_result.hpp"
#include "service/configured_serializers.hpp"

namespace hiratake::messaging {

void settle(client::Delivery& delivery, const WorkerResult& result, bool requeue_on_error) {
    if (result.error && requeue_on_error) return delivery.reject(true);
    delivery.ack();
}

client::Topology with_queue(client::Topology topology, const std::string& queue) {
    const bool is_declared =
        std::any_of(topology.begin(), topology.end(), [&queue](const client::Declaration& declaration) {
            const auto* declared = std::get_if<client::Queue>(&declaration);
            return declared && declared->name == queue;
        });
    // Before what may be bound to it.
    if (!is_declared) topology.insert(topology.begin(), client::Queue{.name = queue});
    return topology;
}

void MessageConsumer::setup(ServiceContainer& container, Options options) {
    const Environment& environment = container.environment();
    container_ = &container;
    options_ = std::move(options);
    connection_ = &environment.resources.get<client::ConnectionSource>().connection();
    logger_.emplace(environment.log, container.service_name());
    serializers_ = configured_serializers(environment.config);
    if (options_.prefetch_count == 0) {
        constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
        options_.prefetch_count = static_cast<std::uint16_t>(std::min(container.max_workers(), most));
    }
    connection_->declare(std::move(options_.topology));
}

void MessageConsumer::start() {
    consumer_ = connection_->consume({.queue = options_.queue, .prefetch_count = options_.prefetch_count},
                                     [this](client::Delivery delivery) { on_message(std::move(delivery)); });
    health_ = container_->environment().health.add("consumer " + options_.queue, [this] { return consumer_.health(); });
}

void MessageConsumer::stop() noexcept {
    health_.end();
    consumer_.cancel();
}

void MessageConsumer::on_message(client::Delivery delivery) {
    // A delivery that no worker takes is dropped with its task, and so goes back to the queue.
    const bool accepted = container_->submit([this, held = std::move(delivery)]() mutable { handle(std::move(held)); });
    if (!accepted) {
        logger_->debug("{} goes back to its queue: the service is stopping, or all workers are busy",
                       options_.message_name);
    }
}

void MessageConsumer::handle(client::Delivery delivery) {
    try {
        run(delivery);
    } catch (const Error& error) {
        // It would make no more sense the next time.
        logger_->error("dropped {}: {}", options_.message_name, error.what());
        delivery.ack();
    }
}

void MessageConsumer::run(client::Delivery& delivery) {
    const client::MessageProperties properties = delivery.properties();
    Array arguments;
    arguments.push_back(serializers_.decode(properties.content_type, properties.content_encoding, delivery.body()));
    if (options_.second_argument) arguments.push_back(options_.second_argument(delivery));
    wire::Context context;
    if (properties.headers) context = wire::decode_context(*properties.headers);
    method_.prepare(std::move(arguments), {}, [&](const ServiceContainer::Call& call) {
        container_->run_worker(
            entrypoint_, {std::move(context.call_id_stack), std::move(context.data)}, call,
            [&](WorkerContext&, const WorkerResult& result) { settle(delivery, result, options_.requeue_on_error); });
    });
}

}  // namespace hiratake::messaging
