#include "cli/client_options.hpp"

#include <CLI/CLI.hpp>

#include "runner/environment_substitution.hpp"

namespace hiratake::cli {
namespace {

constexpr const char* default_broker = "amqp://guest:guest@localhost";
constexpr const char* broker_key = "AMQP_URI";

}  // namespace

void ClientOptions::add_to(CLI::App& command) {
    common.add_to(command);
    command.add_option("--timeout", timeout_s, "seconds to wait for a reply; 0 for no limit; 30 unless given")
        ->check(CLI::NonNegativeNumber);
}

Config ClientOptions::config() const {
    Config config = common.config(runner::process_environment());
    if (!config.contains(broker_key)) config = config.with(broker_key, default_broker);
    if (timeout_s >= 0) config = config.with("rpc_timeout", timeout_s);
    return config;
}

std::string broker_uri(const Config& config) {
    return config.text(broker_key).value_or(default_broker);
}

}  // namespace hiratake::cli
