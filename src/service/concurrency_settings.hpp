#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "hiratake/service/service_definition.hpp"

namespace hiratake {

class Config;

/// How much a service does at a time.
struct ConcurrencySettings {
    std::size_t max_workers;
    /// Tasks that may wait for a worker.
    std::size_t max_queued;
    /// Messages that each consumer may have here; none where that follows the workers.
    std::optional<std::uint16_t> prefetch;
};

/// None for zero, which counts as unset, as in Nameko. Throws ConfigurationError for less.
std::optional<std::size_t> positive_setting(const Config& config, const std::string& key);

/// The settings of a service: what the configuration says of it (`concurrency.SERVICE`), its definition, what the
/// configuration says of all services, the presets; the first that says something counts. What the configuration says
/// of its entrypoints is put into their options. Throws ConfigurationError for what is out of its range, and for an
/// entrypoint that the service does not have.
ConcurrencySettings read_concurrency_settings(const Config& config, ServiceDefinition& definition);

}  // namespace hiratake
