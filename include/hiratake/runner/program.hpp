#pragma once

#include <vector>

#include "hiratake/service/service_definition.hpp"

namespace hiratake {

/// Makes the definition of a service class; called once, when the program starts.
using ServiceFactory = ServiceDefinition (*)();

/// The command line of a service program: `run`, `show-config`, `openapi`, `asyncapi`, `--help`, `--version`.
/// @return the exit code: 0 after a graceful stop, 1 for an error (one line on standard error says which), 2 for a
/// command line
///         that cannot be understood
int run_program(const std::vector<ServiceFactory>& services, int argc, const char* const* argv);

}  // namespace hiratake
