#pragma once

#include <functional>

#include "runner/options.hpp"

namespace CLI {
class App;
}

namespace hiratake::cli {

/// `hiratake gateway`: RPC methods of the services on a broker as HTTP routes, as the configuration lists them.
class GatewayCommand {
  public:
    /// @param chosen becomes this command's run() when the command line asks for it
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    int run();

    runner::Options options_;
};

}  // namespace hiratake::cli
