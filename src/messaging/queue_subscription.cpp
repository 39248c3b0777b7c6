#include "messaging/queue_subscription.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake::messaging {

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

void QueueSubscription::setup(ServiceContainer& container, Options options) {
    container_ = &container;
    connection_ = &container.environment().resources.get<client::ConnectionSource>().connection();
    consumer_options_.queue = std::move(options.queue);
    consumer_options_.prefetch_count = options.prefetch_count;
    connection_->declare(with_queue(std::move(options.topology), queue()));
}

void QueueSubscription::start(client::DeliveryHandler handler) {
    consumer_ = connection_->consume(consumer_options_, std::move(handler));
    health_ = container_->environment().health.add("consumer " + queue(), [this] { return consumer_.health(); });
}

void QueueSubscription::stop() noexcept {
    health_.end();
    consumer_.cancel();
}

}  // namespace hiratake::messaging
