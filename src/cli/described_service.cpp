#include "cli/described_service.hpp"

#include <CLI/CLI.hpp>

#include "cli/client_log.hpp"
#include "hiratake/rpc/cluster_client.hpp"

namespace hiratake::cli {

void DescribedService::add_to(CLI::App& command) {
    options_.add_to(command);
    command.add_option("SERVICE", name_, "the service's name, such as mail")->required();
}

ServiceDescription DescribedService::describe() const {
    const Config config = options_.config();
    const Log log = client_log();
    ClusterClient cluster{broker_uri(config), config, log};
    return describe_service(cluster, name_);
}

}  // namespace hiratake::cli
