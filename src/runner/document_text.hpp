#pragma once

#include <string>
#include <vector>

#include "hiratake/runner/program.hpp"

namespace hiratake {
class Config;
}

namespace hiratake::runner {

/// The OpenAPI document of a service's routes as indented JSON. Nothing is started.
/// @param service_name whose; may be empty where one of the services alone has routes
/// Throws ConfigurationError where it is not clear whose, or where there is none.
std::string openapi_text(const std::vector<ServiceFactory>& services, const Config& config,
                         const std::string& service_name);

/// The AsyncAPI document of all services together, as indented JSON. Nothing is started.
std::string asyncapi_text(const std::vector<ServiceFactory>& services, const Config& config);

}  // namespace hiratake::runner
