#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hiratake/broker/broker_options.hpp"

namespace CLI {
class App;
}

namespace hiratake::cli {

/// `hiratake broker`: the embedded broker as a program of its own.
class BrokerCommand {
  public:
    /// @param chosen becomes this command's run() when the command line asks for it
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    BrokerOptions broker_options() const;
    int run();

    std::vector<std::string> addresses_{"127.0.0.1:5672"};
    std::string certificate_file_;
    std::string key_file_;
    std::string client_ca_file_;
    std::vector<std::string> users_;
    std::vector<std::string> vhosts_;
};

/// `ADDRESS:PORT`, with brackets around an IPv6 address. Throws ConfigurationError for anything else.
BrokerListener parse_listener(const std::string& text);

/// `NAME:PASSWORD`. Throws ConfigurationError, which does not show the password, for anything else.
BrokerUser parse_user(const std::string& text, const std::vector<std::string>& vhosts);

}  // namespace hiratake::cli
