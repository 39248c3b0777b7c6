#pragma once

#include <string>

#include "hiratake/http/route.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

/// What a route says of itself, as EntrypointDescription::details (documents/openapi.hpp reads it).
/// @param method with the source of each argument resolved
Object describe_route(const std::string& http_method, const std::string& path, const RouteMethod& method,
                      const RouteOptions& options);

}  // namespace hiratake::http
