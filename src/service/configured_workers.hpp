#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "hiratake/service/config.hpp"

namespace hiratake::net {
class EventLoop;
class WorkerPool;
}  // namespace hiratake::net

namespace hiratake {

/// How many workers of a service may run at once (`max_workers`).
std::size_t configured_max_workers(const Config& config);

/// The workers of a service, on threads or on fibers (`workers`).
/// @throws ConfigurationError
std::unique_ptr<net::WorkerPool> configured_workers(const Config& config, const std::string& service_name,
                                                    net::EventLoop& loop);

/// A setting that is a count. Zero counts as unset, as in Nameko.
std::size_t positive_setting(const Config& config, std::string_view key, std::int64_t preset);

}  // namespace hiratake
