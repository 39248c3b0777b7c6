#pragma once

#include <string>

#include "hiratake/client/core/topology.hpp"
#include "hiratake/service/config.hpp"
#include "wire/subscription.hpp"

namespace hiratake::rpc {

/// Exchange, queue and binding of a subscription, as the connection declares them.
client::Topology declarations(wire::Subscription subscription);

/// The one exchange of all requests and replies: configuration key `rpc_exchange`.
std::string configured_exchange(const Config& config);

}  // namespace hiratake::rpc
