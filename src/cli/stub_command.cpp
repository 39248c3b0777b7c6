#include "cli/stub_command.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "stub/cpp_stub.hpp"
#include "stub/python_stub.hpp"

namespace hiratake::cli {

void StubCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* command = program.add_subcommand("stub", "Write a typed client of a running service to standard output");
    service_.add_to(*command);
    command->add_option("--lang", language_, "cpp: a header; python: a module for use with Nameko")
        ->check(CLI::IsMember({"cpp", "python"}))
        ->capture_default_str();
    command->callback([this, &chosen] { chosen = [this] { return run(); }; });
}

int StubCommand::run() {
    const ServiceDescription description = service_.describe();
    const bool is_python = language_ == "python";
    fmt::print("{}", is_python ? stub::write_python_stub(description) : stub::write_cpp_stub(description));
    return 0;
}

}  // namespace hiratake::cli
