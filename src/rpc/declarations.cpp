#include "rpc/declarations.hpp"

#include <utility>

#include "wire/names.hpp"

namespace hiratake::rpc {

client::Topology declarations(wire::Subscription subscription) {
    client::Exchange exchange;
    exchange.name = subscription.exchange.name;
    exchange.durable = subscription.exchange.durable;
    exchange.auto_delete = subscription.exchange.auto_delete;

    client::Queue queue;
    queue.name = subscription.queue.name;
    queue.durable = subscription.queue.durable;
    queue.exclusive = subscription.queue.exclusive;
    queue.auto_delete = subscription.queue.auto_delete;
    queue.arguments = std::move(subscription.queue.arguments);

    client::Binding binding;
    binding.queue = queue.name;
    binding.exchange = exchange.name;
    binding.routing_key = std::move(subscription.binding_key);
    return {std::move(exchange), std::move(queue), std::move(binding)};
}

std::string configured_exchange(const Config& config) {
    return config.text("rpc_exchange").value_or(std::string{wire::default_rpc_exchange});
}

}  // namespace hiratake::rpc
