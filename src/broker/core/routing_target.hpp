#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

class Exchange;

/// What a binding leads to: a queue or another exchange.
class RoutingTarget {
  public:
    enum class Kind { queue, exchange };

    /// A binding that leads here, remembered so that deleting this end finds it without a search.
    struct Incoming {
        Exchange* source;
        std::string routing_key;
        amqp::Table arguments;
    };

    RoutingTarget(Kind kind, std::string name) : kind_(kind), name_(std::move(name)) {}
    virtual ~RoutingTarget() = default;
    RoutingTarget(const RoutingTarget&) = delete;
    RoutingTarget& operator=(const RoutingTarget&) = delete;

    Kind kind() const { return kind_; }
    const std::string& name() const { return name_; }

    /// Whether this is the first time that the given routing pass comes here: a message goes to a set of queues, and
    /// cycles of exchanges end.
    bool visit(std::uint64_t routing_pass) { return std::exchange(last_routing_pass_, routing_pass) != routing_pass; }

    std::vector<Incoming>& incoming() { return incoming_; }
    const std::vector<Incoming>& incoming() const { return incoming_; }

  private:
    Kind kind_;
    std::string name_;
    std::uint64_t last_routing_pass_ = 0;
    std::vector<Incoming> incoming_;
};

}  // namespace hiratake::broker::core
