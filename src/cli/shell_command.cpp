#include "cli/shell_command.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "cli/client_log.hpp"
#include "hiratake/runner/version.hpp"
#include "runner/masked_config.hpp"
#include "shell/broker_cluster.hpp"
#include "shell/interpreter.hpp"
#include "shell/repl.hpp"
#include "shell/shell_signals.hpp"
#include "shell/terminal_lines.hpp"

namespace hiratake::cli {
namespace {

void print_out(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void print_error(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string standard_input() {
    return {std::istreambuf_iterator<char>{std::cin}, {}};
}

}  // namespace

void ShellCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* command = program.add_subcommand("shell", "Talk to the services on a broker, in Lua");
    options_.add_to(*command);
    command->add_option("--execute", code_, "run this code instead of reading lines, then exit")
        ->each([this](const std::string&) { has_code_ = true; });
    command->footer(
        "At a terminal, help() says what the shell can do. A script on standard input ends at its first error, "
        "with exit code 1.");
    command->callback([this, &chosen] { chosen = [this] { return run(); }; });
}

int ShellCommand::run() {
    const Config config = options_.config();
    const Log log = client_log();
    shell::BrokerCluster cluster{broker_uri(config), config, log};
    shell::Interpreter interpreter{cluster, runner::masked_config(config).values(), print_out};
    shell::Repl repl{interpreter, print_error};
    const shell::ShellSignals signals{log, [&interpreter] { interpreter.interrupt(); }};

    if (has_code_) return repl.run_script(code_);
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) return repl.run_script(standard_input());
    print_out(fmt::format("Hiratake {} · Lua 5.4 shell · broker {}\n", version, cluster.broker()));
    shell::TerminalLines lines{shell::default_history_file()};
    repl.run_interactive(lines);
    return 0;
}

}  // namespace hiratake::cli
