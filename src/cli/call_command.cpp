#include "cli/call_command.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <utility>

#include "cli/call_arguments.hpp"
#include "cli/client_log.hpp"
#include "hiratake/rpc/cluster_client.hpp"
#include "shell/value_text.hpp"

namespace hiratake::cli {

void CallCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* command = program.add_subcommand("call", "Call a method of a service and print its result as JSON");
    options_.add_to(*command);
    command->add_option("TARGET", target_, "SERVICE.METHOD, such as mail.send")->required();
    command->add_option(
        "ARGUMENTS", words_,
        "JSON, or a text that is none, or name=value for a keyword argument; quote a text that could be "
        "taken for JSON: '\"30\"'. With -- before the first, they may begin with a dash");
    command->callback([this, &chosen] { chosen = [this] { return run(); }; });
}

int CallCommand::run() {
    const Config config = options_.config();
    CallArguments call = CallArguments::parse(target_, words_);
    const Log log = client_log();
    ClusterClient cluster{broker_uri(config), config, log};
    RpcRequest request;
    request.service = std::move(call.service);
    request.method = std::move(call.method);
    request.args = std::move(call.args);
    request.kwargs = std::move(call.kwargs);
    request.is_awaited = true;
    const Value result = cluster.call(std::move(request)).result();
    if (!result.is_null()) fmt::print("{}\n", shell::to_text(result));
    return 0;
}

}  // namespace hiratake::cli
