#pragma once

namespace hiratake::net {
class EventLoop;
}

namespace hiratake {

class Clock;
class Config;
class Health;
class Log;
class Metrics;
class Random;
class Resources;

/// What a process offers to the containers in it. Made by the runner, or by a test; everything in it outlives them.
struct Environment {
    const Log& log;
    const Clock& clock;
    Random& random;
    const Config& config;
    net::EventLoop& event_loop;
    const Resources& resources;
    Health& health;
    Metrics& metrics;
};

}  // namespace hiratake
