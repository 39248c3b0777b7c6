#include "hiratake/rpc/cluster_client.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/client/connection.hpp"
#include "net/event_loop.hpp"
#include "rpc/rpc_client.hpp"
#include "service/configured_serializers.hpp"
#include "wire/names.hpp"

namespace hiratake {

class ClusterClient::Implementation {
  public:
    /// A connection of its own.
    Implementation(const std::string& broker, const Config& config, const std::vector<Serializer>& serializers,
                   const Log* log)
        : log_(log ? log : &own_log_),
          loop_(std::make_unique<net::EventLoop>(*log_, clock_)),
          own_connection_(std::make_unique<client::Connection>(options(broker), *loop_, *log_, clock_, random_)),
          connection_(own_connection_.get()),
          rpc_(*connection_, std::string{wire::standalone_proxy_name}, config,
               configured_serializers(config, serializers), *log_, clock_, random_) {
        loop_->start();
        start();
    }
    /// Another's connection.
    Implementation(client::Connection& connection, const Config& config, const std::vector<Serializer>& serializers,
                   const Log& log)
        : log_(&log),
          connection_(&connection),
          rpc_(connection, std::string{wire::standalone_proxy_name}, config,
               configured_serializers(config, serializers), log, clock_, random_) {
        start();
    }
    ~Implementation() {
        rpc_.stop();
        if (own_connection_) own_connection_->close(Deadline::after(clock_.now(), close_timeout));
    }

    PendingResult call(RpcRequest request) {
        if (request.call_id_stack.empty()) request.call_id_stack.push_back(call_id_);
        for (const Member& member : context_data_) {
            if (!request.context_data.contains(member.name)) request.context_data.append(member.name, member.value);
        }
        return rpc_.call(std::move(request));
    }
    void set_context_data(Object data) { context_data_ = std::move(data); }
    Duration timeout() const { return rpc_.timeout(); }
    double chance() { return rpc_.chance(); }
    client::Connection& connection() { return *connection_; }

  private:
    static constexpr Duration close_timeout = std::chrono::seconds{5};

    static client::ConnectionOptions options(const std::string& broker) {
        client::ConnectionOptions options;
        options.uris = client::parse_connection_uris(broker);
        return options;
    }

    void start() {
        rpc_.start();
        connection_->start();
        connection_->wait_until_ready(Deadline::after(clock_.now(), rpc_.timeout()));
    }

    const Log own_log_;
    const Log* log_;
    SystemClock clock_;
    Random random_;
    // As in Nameko, one id for all calls of a client: standalone_rpc_proxy.call.<uuid>.
    const std::string call_id_ = fmt::format("{}.call.{}", wire::standalone_proxy_name, random_.uuid4().view());
    Object context_data_;
    std::unique_ptr<net::EventLoop> loop_;
    std::unique_ptr<client::Connection> own_connection_;
    client::Connection* connection_;
    rpc::RpcClient rpc_;
};

ClusterClient::ClusterClient(const std::string& broker, const Config& config,
                             const std::vector<Serializer>& serializers)
    : implementation_(std::make_unique<Implementation>(broker, config, serializers, nullptr)) {}

ClusterClient::ClusterClient(const std::string& broker, const Config& config, const Log& log,
                             const std::vector<Serializer>& serializers)
    : implementation_(std::make_unique<Implementation>(broker, config, serializers, &log)) {}

ClusterClient::ClusterClient(client::Connection& connection, const Config& config, const Log& log,
                             const std::vector<Serializer>& serializers)
    : implementation_(std::make_unique<Implementation>(connection, config, serializers, log)) {}

ClusterClient::~ClusterClient() = default;

RpcProxy ClusterClient::service(std::string name) {
    return RpcProxy{std::move(name), *this};
}

PendingResult ClusterClient::call(RpcRequest request) {
    return implementation_->call(std::move(request));
}

Duration ClusterClient::timeout() const {
    return implementation_->timeout();
}

double ClusterClient::chance() {
    return implementation_->chance();
}

void ClusterClient::set_context_data(Object data) {
    implementation_->set_context_data(std::move(data));
}

client::Connection& ClusterClient::connection() {
    return implementation_->connection();
}

}  // namespace hiratake
