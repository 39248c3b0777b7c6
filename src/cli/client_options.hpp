#pragma once

#include <string>

#include "hiratake/service/config.hpp"
#include "runner/options.hpp"

namespace CLI {
class App;
}

namespace hiratake::cli {

/// What a command needs that talks to the services on a broker.
struct ClientOptions {
    runner::Options common{};
    /// Seconds that a reply may take; 0 for no limit, negative where it was not given.
    double timeout_s = -1;

    void add_to(CLI::App& command);

    /// The configuration with what the command line says: `AMQP_URI` is always there.
    Config config() const;
};

/// The broker's URI in a configuration that ClientOptions gave.
std::string broker_uri(const Config& config);

}  // namespace hiratake::cli
