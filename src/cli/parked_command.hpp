#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/client_options.hpp"
#include "hiratake/client/delivery.hpp"

namespace hiratake::cli {

class ParkedQueue;

/// `hiratake parked …`: the messages that services have given up on, to be looked at, mended, tried again or dropped.
class ParkedCommand {
  public:
    /// @param chosen becomes what the command line asks for
    void add_to(CLI::App& program, std::function<int()>& chosen);

  private:
    /// A command for chosen messages of a queue.
    CLI::App* add(CLI::App& parked, const char* name, const char* help, std::function<int()>& chosen,
                  int (ParkedCommand::*run)());
    int list();
    int show();
    int edit();
    int replay();
    int drop();

    /// Looks for the messages that are named by their ids, and keeps nothing else. Throws Error for an id that is not
    /// there, or is the beginning of several.
    std::vector<client::Delivery> find(ParkedQueue& queue, const std::vector<std::string>& ids);
    /// Has `settle` settle each of the chosen messages, and says how many these were.
    int settle_chosen(const char* done, const std::function<void(ParkedQueue&, client::Delivery&)>& settle);

    ClientOptions options_;
    std::string queue_;
    std::vector<std::string> ids_;
    bool all_ = false;
    bool as_json_ = false;
    bool reveals_ = false;
    std::size_t limit_ = 100;
    double rate_ = 0;
    std::string body_;
    std::string body_file_;
};

}  // namespace hiratake::cli
