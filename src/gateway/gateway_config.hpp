#pragma once

#include <string>
#include <vector>

#include "hiratake/gateway/route.hpp"

namespace hiratake {
class Config;
}

namespace hiratake::gateway {

/// The section `gateway:` of the configuration, as far as it defines the service.
struct GatewayConfig {
    std::string name = "gateway";
    std::string version;
    std::string doc;
    std::vector<Route> routes;
};

/// Throws ConfigurationError for what is missing, unknown or of the wrong kind: it names the route and the key, and
/// says what was expected.
GatewayConfig read_gateway_config(const Config& config);

}  // namespace hiratake::gateway
