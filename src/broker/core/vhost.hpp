#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broker/core/exchange.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/string_map.hpp"

namespace hiratake::broker::core {

struct Environment;

/// A world of its own: exchanges, queues, the bindings between them, and the routing of messages through these.
/// Who may do what, and what is an error to the client, is decided by the callers.
class Vhost {
  public:
    /// With the exchanges that every vhost has.
    Vhost(std::string name, Environment& environment);
    ~Vhost();

    const std::string& name() const { return name_; }
    Environment& environment() const { return environment_; }
    Exchange& default_exchange() const { return *default_exchange_; }

    Exchange* find_exchange(std::string_view name) const;
    /// No exchange of that name may be there.
    Exchange& add_exchange(std::string name, ExchangeSettings settings);
    /// With its bindings in both directions.
    void delete_exchange(Exchange& exchange);

    Queue* find_queue(std::string_view name) const;
    /// No queue of that name may be there.
    Queue& add_queue(std::string name, QueueSettings settings);
    /// With its messages and bindings; its consumers are told.
    void delete_queue(Queue& queue);

    /// Nothing happens when an equal binding is there already.
    void bind(Exchange& source, RoutingTarget& target, std::string_view routing_key, const amqp::Table& arguments);
    /// Nothing happens when there is no such binding. Deletes an auto-delete source with its last one.
    void unbind(Exchange& source, RoutingTarget& target, std::string_view routing_key, const amqp::Table& arguments);

    /// The queues that a message with these keys reaches through the exchange, each once. Valid until the next call.
    const std::vector<Queue*>& route(Exchange& exchange, std::span<const std::string_view> routing_keys,
                                     LazyHeaders& headers);

    void for_each_exchange(const std::function<void(const Exchange&)>& visit) const;
    void for_each_queue(const std::function<void(const Queue&)>& visit) const;

  private:
    void collect_targets(Exchange& exchange, std::span<const std::string_view> routing_keys, LazyHeaders& headers);
    void delete_if_unused(Exchange& exchange);

    std::string name_;
    Environment& environment_;
    StringMap<std::unique_ptr<Exchange>> exchanges_;
    StringMap<QueuePointer> queues_;
    Exchange* default_exchange_ = nullptr;

    std::uint64_t routing_pass_ = 0;
    // Kept between passes for their memory.
    std::vector<Exchange*> routed_exchanges_;
    std::vector<RoutingTarget*> targets_;
    std::vector<Queue*> routed_queues_;
};

}  // namespace hiratake::broker::core
