#include "hiratake/cli/command_line.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>

#include "cli/broker_command.hpp"
#include "cli/call_command.hpp"
#include "cli/describe_command.hpp"
#include "cli/gateway_command.hpp"
#include "cli/parked_command.hpp"
#include "cli/shell_command.hpp"
#include "cli/stub_command.hpp"
#include "hiratake/base/masked_uri.hpp"
#include "hiratake/runner/version.hpp"
#include "runner/freed_memory.hpp"
#include "shell/lua_error.hpp"

namespace hiratake {
namespace {

constexpr int exit_failure = 1;
constexpr int exit_usage = 2;

/// What is wrong, and the usage of the command that was meant (which help() finds by itself).
std::string usage_error(const CLI::App* program, const CLI::Error& error) {
    return fmt::format("Error: {}\n\n{}", error.what(), program->help());
}

int show_parse_result(const CLI::App& program, const CLI::ParseError& error) {
    return program.exit(error) == 0 ? EXIT_SUCCESS : exit_usage;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
    runner::keep_freed_memory();
    CLI::App program{"Microservices over AMQP: a broker, a shell, a client, a gateway, parked messages.", "hiratake"};
    program.set_version_flag("--version", fmt::format("hiratake {}", version));
    program.require_subcommand(1);
    program.failure_message(usage_error);

    std::function<int()> run;
    cli::BrokerCommand broker;
    cli::ShellCommand shell;
    cli::CallCommand call;
    cli::DescribeCommand describe;
    cli::StubCommand stub;
    cli::GatewayCommand gateway;
    cli::ParkedCommand parked;
    broker.add_to(program, run);
    shell.add_to(program, run);
    call.add_to(program, run);
    describe.add_to(program, run);
    stub.add_to(program, run);
    gateway.add_to(program, run);
    parked.add_to(program, run);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return show_parse_result(program, error);
    }
    try {
        return run();
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", masked_uri(shell::describe(error)));
        return exit_failure;
    }
}

}  // namespace hiratake
