#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/events/standalone_event_dispatcher.hpp"
#include "hiratake/rpc/cluster_client.hpp"
#include "hiratake/service/config.hpp"
#include "net/parker.hpp"
#include "shell/cluster.hpp"

namespace hiratake::shell {

/// The services on a real broker.
class BrokerCluster final : public Cluster {
  public:
    /// Connects. What it throws is listed at ClusterClient.
    /// @param log must outlive the cluster
    BrokerCluster(const std::string& broker, const Config& config, const Log& log);
    /// Disconnects, which ends every call under way.
    ~BrokerCluster() override;

    std::unique_ptr<PendingCall> call(const std::string& service, const std::string& method, Array args,
                                      Object kwargs) override;
    void dispatch_event(const std::string& service, const std::string& type, Value data) override;
    void disconnect() override;
    void interrupt() override;

    /// The broker, its password masked.
    const std::string& broker() const { return broker_; }

  private:
    class WaitedCall;

    ClusterClient& client();

    // None after disconnect().
    std::unique_ptr<ClusterClient> client_;
    std::unique_ptr<StandaloneEventDispatcher> dispatch_;
    std::string broker_;
    net::Parker parker_;
    std::atomic<bool> interrupted_{false};
    // Threads of waits that were given up; they end when their calls do, at the latest when the client goes.
    std::vector<std::thread> left_waiting_;
};

}  // namespace hiratake::shell
