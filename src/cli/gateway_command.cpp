#include "cli/gateway_command.hpp"

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "hiratake/gateway/gateway.hpp"
#include "runner/environment_substitution.hpp"
#include "runner/run_until_signal.hpp"

namespace hiratake::cli {

void GatewayCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* command =
        program.add_subcommand("gateway", "Publish methods of services as HTTP routes until SIGINT or SIGTERM");
    options_.add_to(*command);
    command->footer(
        "The configuration lists the routes: gateway: {routes: [{method: POST, path: /compute, "
        "rpc: compute.compute}]}");
    command->callback([this, &chosen] { chosen = [this] { return run(); }; });
}

int GatewayCommand::run() {
    const Config config = options_.config(runner::process_environment());
    std::vector<ServiceDefinition> services;
    services.push_back(gateway::define_gateway(config));
    return runner::run_until_signal(std::move(services), config,
                                    [this] { return options_.config(runner::process_environment()); });
}

}  // namespace hiratake::cli
