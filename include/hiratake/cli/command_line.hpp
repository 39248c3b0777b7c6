#pragma once

namespace hiratake {

/// The program `hiratake`: its commands `broker`, `shell` and `call`.
/// @return the exit code: 0; 1 for an error (one line on standard error says which); 2 for a command line that cannot
/// be
///         understood
int run_command_line(int argc, const char* const* argv);

}  // namespace hiratake
