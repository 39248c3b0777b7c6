#pragma once

#include <memory>

#include "hiratake/gateway/route.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake {
class Config;
}

namespace hiratake::gateway {

/// Publishes a method of another service as a route of the service that this is added to, beside its own:
///
///     front.add(hiratake::gateway::publish({.http_method = "POST", .path = "/compute", .rpc = "compute.compute"}));
///
/// The method's arguments come from the path, the query and the JSON body, and are held against what the other service
/// says of them; no worker waits for its reply. Throws ConfigurationError for a route that makes no sense.
std::unique_ptr<Entrypoint> publish(Route route);

/// A service that consists of the routes that the configuration lists in `gateway.routes` (docs/gateway.md). Where it
/// has `http.users`, they ask for user and password. Throws ConfigurationError, which names the route and the key, for
/// what makes no sense.
ServiceDefinition define_gateway(const Config& config);

}  // namespace hiratake::gateway
