#pragma once

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/resources.hpp"

namespace hiratake::net {
class EventLoop;
}

namespace hiratake {

/// What a process offers to the containers in it. Made by the runner, or by a test; everything in it outlives them.
struct Environment {
    const Log& log;
    const Clock& clock;
    Random& random;
    const Config& config;
    net::EventLoop& event_loop;
    const Resources& resources;
};

}  // namespace hiratake
