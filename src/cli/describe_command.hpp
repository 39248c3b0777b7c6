#pragma once

#include <functional>

#include "cli/described_service.hpp"

namespace hiratake::cli {

/// `hiratake describe SERVICE`: what a running service says of itself, for people or as JSON.
class DescribeCommand {
  public:
    /// @param chosen becomes this command's run() when the command line asks for it
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    int run();

    DescribedService service_;
    bool as_json_ = false;
};

}  // namespace hiratake::cli
