#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/client_options.hpp"

namespace hiratake::cli {

/// `hiratake call SERVICE.METHOD ARGUMENTS…`: one call, its result on standard output as JSON.
class CallCommand {
  public:
    /// @param chosen becomes this command's run() when the command line asks for it
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    int run();

    ClientOptions options_;
    std::string target_;
    std::vector<std::string> words_;
};

}  // namespace hiratake::cli
