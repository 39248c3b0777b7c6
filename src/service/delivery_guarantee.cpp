#include "service/delivery_guarantee.hpp"

#include <fmt/core.h>

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

DeliveryGuarantee configured_guarantee(const Config& config, std::string_view key) {
    const std::string guarantee = config.text(key).value_or("at_least_once");
    if (guarantee == "at_least_once") return DeliveryGuarantee::at_least_once;
    if (guarantee == "best_effort") return DeliveryGuarantee::best_effort;
    throw ConfigurationError(fmt::format("{}: '{}' is not known; give at_least_once or best_effort", key, guarantee));
}

}  // namespace hiratake
