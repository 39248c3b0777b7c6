#include "hiratake/runner/program.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/masked_uri.hpp"
#include "hiratake/runner/service_runner.hpp"
#include "hiratake/runner/version.hpp"
#include "runner/config_file.hpp"
#include "runner/options.hpp"
#include "runner/stop_signals.hpp"

namespace hiratake {
namespace {

constexpr int exit_failure = 1;
constexpr int exit_usage = 2;

int run(const std::vector<ServiceFactory>& services, const Config& config) {
    const Log log;
    const Logger logger{log, "runner"};
    ServiceRunner runner{config, log};
    for (const ServiceFactory make : services) runner.add(make());

    // From here on a signal ends the program in order, also while it waits for a broker that is away.
    runner::StopSignals signals{log};
    signals.on_first([&runner] { runner.interrupt(); });
    logger.info("starting services: {}", runner.service_names());
    try {
        runner.start();
    } catch (...) {
        if (signals.count() == 0) throw;
        logger.info("stopped before the services had started");
        return EXIT_SUCCESS;
    }
    signals.wait();
    logger.info("stopping services: {}", runner.service_names());
    // The process ends here and now; the broker puts unfinished messages back into their queues.
    signals.on_second([&logger] {
        logger.warning("killed by a second signal: work in progress is left to the broker to deliver again");
        std::_Exit(exit_failure);
    });
    return runner.stop() ? EXIT_SUCCESS : exit_failure;
}

int dispatch(const std::vector<ServiceFactory>& services, CLI::App& app, const CLI::App& show_config,
             const runner::Options& options) {
    const Config config = options.config(runner::process_environment());
    if (app.got_subcommand(&show_config)) {
        fmt::print("{}", runner::show_config(config));
        return EXIT_SUCCESS;
    }
    return run(services, config);
}

}  // namespace

int run_program(const std::vector<ServiceFactory>& services, int argc, const char* const* argv) {
    CLI::App app{"A program of services made with Hiratake."};
    app.set_version_flag("--version", fmt::format("hiratake {}", version));
    app.require_subcommand(1);
    runner::Options options;
    CLI::App* run_command = app.add_subcommand("run", "Run the services until SIGINT or SIGTERM");
    CLI::App* show_config_command =
        app.add_subcommand("show-config", "Print the configuration, secrets masked, and exit");
    options.add_to(*run_command);
    options.add_to(*show_config_command);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EXIT_SUCCESS : exit_usage;
    }
    try {
        return dispatch(services, app, *show_config_command, options);
    } catch (const std::exception& error) {
        fmt::print(stderr, "Error: {}\n", masked_uri(error.what()));
        return exit_failure;
    }
}

}  // namespace hiratake
