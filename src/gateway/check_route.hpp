#pragma once

#include <string>

#include "hiratake/gateway/route.hpp"

namespace hiratake::gateway {

/// Throws ConfigurationError for a route that makes no sense; the error names the place and the member.
/// @param place where the route stands: "gateway.routes[2]"
void check_route(const Route& route, const std::string& place);

}  // namespace hiratake::gateway
