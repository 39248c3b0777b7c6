#pragma once

#include <vector>

#include "hiratake/payload/serializers.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake {

class ServiceContainer;

/// What a service sends with and accepts: Nameko's configuration keys `serializer` and `ACCEPT`. Throws
/// ConfigurationError for what they cannot be.
/// @param added known beside Hiratake's own
Serializers configured_serializers(const Config& config, const std::vector<Serializer>& added = {});
/// The same for a service, with those that its definition adds.
Serializers configured_serializers(const ServiceContainer& container);

}  // namespace hiratake
