#pragma once

#include <cstddef>

#include "websocket/handshake.hpp"
#include "websocket/limits.hpp"

namespace hiratake {
class Config;
}

namespace hiratake::websocket {

struct Options {
    Limits limits;
    /// Beyond, a client is answered 503. They count among the connections of the HTTP server too.
    std::size_t max_connections = 10'000;
    OriginPolicy origins;
};

/// Reads the section `websocket:`. Throws ConfigurationError.
Options read_options(const Config& config);

}  // namespace hiratake::websocket
