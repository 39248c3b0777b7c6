#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/payload/serializer.hpp"
#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake {

namespace client {
class Connection;
}

/// A client of every service on a broker, for programs that are no service themselves. Safe from any thread.
///
///     hiratake::ClusterClient cluster{"amqp://guest:guest@localhost"};
///     cluster.service("mail").call<void>("send", "name@email.com", "testing", "Just testing");
///
/// (Nameko: standalone.rpc.ClusterRpcProxy. Unlike there, it has heartbeats, its timeout is that of the whole call, and
/// it restores a lost connection by itself.)
class ClusterClient final : public RpcCaller {
  public:
    /// Connects with its own I/O thread, and returns when the broker is reached.
    /// @param broker an AMQP URI
    /// @param config `rpc_timeout`, `rpc_exchange`, `max_pending_calls` and `serializer` are looked at
    /// @param serializers known beside those that Hiratake brings
    /// Throws ConfigurationError for a URI that cannot be understood, client::AuthenticationError or client::VhostError
    /// when the broker refuses the login, and TimeoutError when it is not reached within `rpc_timeout`.
    explicit ClusterClient(const std::string& broker, const Config& config = {},
                           const std::vector<Serializer>& serializers = {});
    /// The same with the log going elsewhere than to standard error; the log must outlive the client.
    ClusterClient(const std::string& broker, const Config& config, const Log& log,
                  const std::vector<Serializer>& serializers = {});
    /// A client on a connection that is there already, such as ServiceRunner::connection(). Connection and log must
    /// outlive the client. Throws TimeoutError when the connection is away and does not come back within `rpc_timeout`.
    ClusterClient(client::Connection& connection, const Config& config, const Log& log,
                  const std::vector<Serializer>& serializers = {});
    ~ClusterClient() override;
    ClusterClient(const ClusterClient&) = delete;
    ClusterClient& operator=(const ClusterClient&) = delete;

    /// A proxy of one service; this client must outlive it.
    RpcProxy service(std::string name);

    PendingResult call(RpcRequest request) override;
    Duration timeout() const override;
    double chance() override;

    /// Context data that travel with each call from now on. Not while calls are being made by other threads.
    void set_context_data(Object data);

    /// The connection, to use for more than calls.
    client::Connection& connection();

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake
