#pragma once

#include "hiratake/payload/serializers.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake {

/// What a service sends with and accepts: Nameko's configuration keys `serializer` and `ACCEPT`. Throws
/// ConfigurationError for what they cannot be.
Serializers configured_serializers(const Config& config);

}  // namespace hiratake
