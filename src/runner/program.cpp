#include "hiratake/runner/program.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

#include "hiratake/base/masked_uri.hpp"
#include "hiratake/runner/version.hpp"
#include "runner/config_file.hpp"
#include "runner/document_text.hpp"
#include "runner/freed_memory.hpp"
#include "runner/options.hpp"
#include "runner/reloader.hpp"
#include "runner/run_until_signal.hpp"

namespace hiratake {
namespace {

constexpr int exit_failure = 1;
constexpr int exit_usage = 2;

int run(const std::vector<ServiceFactory>& services, const Config& config, const runner::Options& options) {
    std::vector<ServiceDefinition> definitions;
    for (const ServiceFactory make : services) definitions.push_back(make());
    return runner::run_until_signal(std::move(definitions), config,
                                    [&options] { return options.config(runner::process_environment()); });
}

/// The commands of a service program.
struct Commands {
    explicit Commands(CLI::App& app)
        : run(*app.add_subcommand("run", "Run the services until SIGINT or SIGTERM")),
          show_config(*app.add_subcommand("show-config", "Print the configuration, secrets masked, and exit")),
          openapi(*app.add_subcommand("openapi", "Print the OpenAPI document of the HTTP routes and exit")),
          asyncapi(*app.add_subcommand("asyncapi", "Print the AsyncAPI document of RPC methods and events and exit")) {
        for (CLI::App* command : {&run, &show_config, &openapi, &asyncapi}) options.add_to(*command);
        run.add_flag("--reload", reloads, "Start anew when the program or its --config file changes: for development");
        openapi.add_option("--service", service, "whose routes, where several services have some");
    }

    CLI::App& run;
    CLI::App& show_config;
    CLI::App& openapi;
    CLI::App& asyncapi;
    runner::Options options;
    bool reloads = false;
    std::string service;
};

/// The same command without `--reload`, again and again.
int run_reloading(const std::string& config_file, int argc, const char* const* argv) {
    const std::string program = std::filesystem::read_symlink("/proc/self/exe");
    std::vector<std::string> command{program};
    std::copy_if(argv + 1, argv + argc, std::back_inserter(command),
                 [](std::string_view argument) { return argument != "--reload"; });
    std::vector<std::string> files{program};
    if (!config_file.empty()) files.push_back(config_file);
    const Log log;
    return runner::Reloader(std::move(command), std::move(files), log).run();
}

int dispatch(const std::vector<ServiceFactory>& services, const Commands& commands) {
    const Config config = commands.options.config(runner::process_environment());
    if (commands.show_config.parsed()) {
        fmt::print("{}", runner::show_config(config));
    } else if (commands.openapi.parsed()) {
        fmt::print("{}\n", runner::openapi_text(services, config, commands.service));
    } else if (commands.asyncapi.parsed()) {
        fmt::print("{}\n", runner::asyncapi_text(services, config));
    } else {
        return run(services, config, commands.options);
    }
    return EXIT_SUCCESS;
}

}  // namespace

int run_program(const std::vector<ServiceFactory>& services, int argc, const char* const* argv) {
    runner::keep_freed_memory();
    CLI::App app{"A program of services made with Hiratake."};
    app.set_version_flag("--version", fmt::format("hiratake {}", version));
    app.require_subcommand(1);
    const Commands commands(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EXIT_SUCCESS : exit_usage;
    }
    try {
        if (commands.reloads) return run_reloading(commands.options.config_file, argc, argv);
        return dispatch(services, commands);
    } catch (const std::exception& error) {
        fmt::print(stderr, "Error: {}\n", masked_uri(error.what()));
        return exit_failure;
    }
}

}  // namespace hiratake
