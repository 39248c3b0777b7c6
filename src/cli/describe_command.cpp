#include "cli/describe_command.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "shell/description_text.hpp"
#include "shell/value_text.hpp"

namespace hiratake::cli {

void DescribeCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* command = program.add_subcommand("describe", "Print the methods of a running service and its events");
    service_.add_to(*command);
    command->add_flag("--json", as_json_, "print it as JSON, with the types as JSON Schemas");
    command->callback([this, &chosen] { chosen = [this] { return run(); }; });
}

int DescribeCommand::run() {
    const ServiceDescription description = service_.describe();
    if (as_json_) {
        fmt::print("{}\n", shell::to_text(description.to_value()));
    } else {
        fmt::print("{}", shell::to_text(description));
    }
    return 0;
}

}  // namespace hiratake::cli
