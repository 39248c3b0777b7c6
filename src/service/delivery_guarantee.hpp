#pragma once

#include <string_view>

#include "hiratake/service/config.hpp"

namespace hiratake {

/// What is promised of the messages of one kind.
enum class DeliveryGuarantee {
    at_least_once,  ///< Persistent, confirmed, acknowledged when all is done: never lost, but may come twice.
    best_effort,    ///< Transient, unconfirmed, acknowledged before a worker begins: lost with what it passes through.
};

/// What the configuration says under that key, at_least_once unless set. Throws ConfigurationError for what is neither.
/// @param key `delivery.rpc` or `delivery.events`
DeliveryGuarantee configured_guarantee(const Config& config, std::string_view key);

}  // namespace hiratake
