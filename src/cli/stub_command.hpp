#pragma once

#include <functional>
#include <string>

#include "cli/described_service.hpp"

namespace hiratake::cli {

/// `hiratake stub SERVICE`: writes a typed client of a running service.
class StubCommand {
  public:
    /// @param chosen becomes this command's run() when the command line asks for it
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    int run();

    DescribedService service_;
    std::string language_ = "cpp";
};

}  // namespace hiratake::cli
