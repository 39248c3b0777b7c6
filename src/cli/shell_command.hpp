#pragma once

#include <functional>
#include <string>

#include "cli/client_options.hpp"

namespace hiratake::cli {

/// `hiratake shell`: a session at the terminal, or a script from --execute or standard input.
class ShellCommand {
  public:
    /// @param chosen becomes this command's run() when the command line asks for it
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    int run();

    ClientOptions options_;
    std::string code_;
    bool has_code_ = false;
};

}  // namespace hiratake::cli
