#pragma once

#include <string>

#include "cli/client_options.hpp"
#include "hiratake/rpc/service_description.hpp"

namespace hiratake::cli {

/// The running service that a command is about.
class DescribedService {
  public:
    /// Adds the service's name, and the options of clients.
    void add_to(CLI::App& command);
    /// Asks it what it is. Throws what describe_service() throws.
    ServiceDescription describe() const;

  private:
    ClientOptions options_;
    std::string name_;
};

}  // namespace hiratake::cli
