#include "broker/core/vhost.hpp"

#include <algorithm>
#include <utility>

#include "broker/core/channel.hpp"
#include "broker/core/environment.hpp"

namespace hiratake::broker::core {

Vhost::Vhost(std::string name, Environment& environment) : name_(std::move(name)), environment_(environment) {
    const auto predeclare = [this](const char* exchange, ExchangeType type, bool internal = false) -> Exchange& {
        ExchangeSettings settings;
        settings.type = type;
        settings.durable = true;
        settings.internal = internal;
        return add_exchange(exchange, std::move(settings));
    };
    default_exchange_ = &predeclare("", ExchangeType::direct);
    predeclare("amq.direct", ExchangeType::direct);
    predeclare("amq.fanout", ExchangeType::fanout);
    predeclare("amq.topic", ExchangeType::topic);
    predeclare("amq.headers", ExchangeType::headers);
    predeclare("amq.match", ExchangeType::headers);
    predeclare("amq.rabbitmq.trace", ExchangeType::topic, true);
}

Vhost::~Vhost() = default;

Exchange* Vhost::find_exchange(std::string_view name) const {
    const auto found = exchanges_.find(name);
    return found == exchanges_.end() ? nullptr : found->second.get();
}

Exchange& Vhost::add_exchange(std::string name, ExchangeSettings settings) {
    auto exchange = std::make_unique<Exchange>(name, std::move(settings));
    return *exchanges_.emplace(std::move(name), std::move(exchange)).first->second;
}

void Vhost::delete_exchange(Exchange& exchange) {
    exchange.bindings().for_each([&exchange](const Binding& binding) {
        std::erase_if(binding.target->incoming(),
                      [&exchange](const RoutingTarget::Incoming& incoming) { return incoming.source == &exchange; });
    });
    const std::vector<RoutingTarget::Incoming> incoming = std::exchange(exchange.incoming(), {});
    const auto node = exchanges_.extract(exchange.name());
    for (const RoutingTarget::Incoming& binding : incoming) {
        binding.source->bindings().remove({&exchange, binding.routing_key, binding.arguments});
        delete_if_unused(*binding.source);
    }
}

Queue* Vhost::find_queue(std::string_view name) const {
    const auto found = queues_.find(name);
    return found == queues_.end() ? nullptr : found->second.get();
}

Queue& Vhost::add_queue(std::string name, QueueSettings settings) {
    QueuePointer queue{new Queue{*this, name, std::move(settings), environment_}};
    return *queues_.emplace(std::move(name), std::move(queue)).first->second;
}

void Vhost::delete_queue(Queue& queue) {
    if (queue.is_deleted()) return;
    const auto node = queues_.extract(queue.name());
    const std::vector<ConsumerPointer> consumers = queue.mark_deleted();
    if (Session* owner = queue.settings().exclusive_owner) owner->remove_exclusive_queue(queue);
    for (const RoutingTarget::Incoming& binding : std::exchange(queue.incoming(), {})) {
        binding.source->bindings().remove({&queue, binding.routing_key, binding.arguments});
        // Only now can this one have lost its last binding, so no later one in the list leads from it.
        delete_if_unused(*binding.source);
    }
    for (const ConsumerPointer& consumer : consumers) consumer->channel().on_queue_deleted(*consumer);
}

void Vhost::bind(Exchange& source, RoutingTarget& target, std::string_view routing_key, const amqp::Table& arguments) {
    // The same arguments in another order are the same.
    const Binding binding{&target, std::string{routing_key}, arguments.sorted()};
    if (source.bindings().add(binding)) target.incoming().push_back({&source, binding.routing_key, binding.arguments});
}

void Vhost::unbind(Exchange& source, RoutingTarget& target, std::string_view routing_key,
                   const amqp::Table& arguments) {
    const Binding binding{&target, std::string{routing_key}, arguments.sorted()};
    if (!source.bindings().remove(binding)) return;
    auto& incoming = target.incoming();
    incoming.erase(std::find_if(incoming.begin(), incoming.end(), [&](const RoutingTarget::Incoming& other) {
        return other.source == &source && other.routing_key == routing_key && other.arguments == binding.arguments;
    }));
    delete_if_unused(source);
}

void Vhost::delete_if_unused(Exchange& exchange) {
    if (exchange.settings().auto_delete && exchange.bindings().size() == 0) delete_exchange(exchange);
}

const std::vector<Queue*>& Vhost::route(Exchange& exchange, std::span<const std::string_view> routing_keys,
                                        LazyHeaders& headers) {
    ++routing_pass_;
    routed_queues_.clear();
    routed_exchanges_.clear();
    exchange.visit(routing_pass_);
    routed_exchanges_.push_back(&exchange);
    for (std::size_t index = 0; index < routed_exchanges_.size(); ++index) {
        Exchange& current = *routed_exchanges_[index];
        collect_targets(current, routing_keys, headers);
        for (RoutingTarget* target : targets_) {
            if (!target->visit(routing_pass_)) continue;
            if (target->kind() == RoutingTarget::Kind::queue) {
                routed_queues_.push_back(static_cast<Queue*>(target));
            } else {
                routed_exchanges_.push_back(static_cast<Exchange*>(target));
            }
        }
    }
    return routed_queues_;
}

void Vhost::collect_targets(Exchange& exchange, std::span<const std::string_view> routing_keys, LazyHeaders& headers) {
    targets_.clear();
    for (const std::string_view routing_key : routing_keys) {
        if (exchange.is_default()) {
            if (Queue* queue = find_queue(routing_key)) targets_.push_back(queue);
        } else {
            exchange.bindings().route(routing_key, headers, targets_);
        }
    }
    if (targets_.empty() && exchange.settings().alternate_exchange) {
        if (Exchange* alternate = find_exchange(*exchange.settings().alternate_exchange)) targets_.push_back(alternate);
    }
}

void Vhost::for_each_exchange(const std::function<void(const Exchange&)>& visit) const {
    for (const auto& [name, exchange] : exchanges_) visit(*exchange);
}

void Vhost::for_each_queue(const std::function<void(const Queue&)>& visit) const {
    for (const auto& [name, queue] : queues_) visit(*queue);
}

}  // namespace hiratake::broker::core
