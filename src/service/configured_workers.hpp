#pragma once

#include <memory>

#include "hiratake/service/config.hpp"
#include "net/worker_pool.hpp"

namespace hiratake::net {
class EventLoop;
}

namespace hiratake {

/// The workers of a service, on threads or on fibers (`workers`).
/// @throws ConfigurationError
std::unique_ptr<net::WorkerPool> configured_workers(const Config& config, net::WorkerPoolOptions options,
                                                    net::EventLoop& loop);

}  // namespace hiratake
