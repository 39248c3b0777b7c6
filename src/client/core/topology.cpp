#include "hiratake/client/core/topology.hpp"

#include <fmt/format.h>

namespace hiratake::client {
namespace {

struct Describe {
    std::string operator()(const Exchange& exchange) const {
        return fmt::format("{} exchange '{}'", exchange.type, exchange.name);
    }
    std::string operator()(const Queue& queue) const { return fmt::format("queue '{}'", queue.name); }
    std::string operator()(const Binding& binding) const {
        return fmt::format("binding of queue '{}' to exchange '{}' by '{}'", binding.queue, binding.exchange,
                           binding.routing_key);
    }
    std::string operator()(const ExchangeBinding& binding) const {
        return fmt::format("binding of exchange '{}' to exchange '{}' by '{}'", binding.destination, binding.source,
                           binding.routing_key);
    }
};

}  // namespace

std::string to_string(const Declaration& declaration) {
    return std::visit(Describe{}, declaration);
}

}  // namespace hiratake::client
