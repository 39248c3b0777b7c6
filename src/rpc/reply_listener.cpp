#include "rpc/reply_listener.hpp"

#include "hiratake/base/clock.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "service/configured_serializers.hpp"

namespace hiratake::rpc {

void ReplyListener::setup(ServiceContainer& container) {
    container_ = &container;
    const Environment& environment = container.environment();
    client::Connection& connection = environment.resources.get<client::ConnectionSource>().connection();
    client_ = std::make_unique<RpcClient>(connection, container.service_name(), environment.config,
                                          configured_serializers(container), environment.log, environment.clock,
                                          environment.random);
    const MetricLabels labels{{"service", container.service_name()}};
    client_->count_in({&environment.metrics.counter("hiratake_rpc_client_calls_total",
                                                    "Remote calls that a service has made.", labels),
                       &environment.metrics.counter(
                           "hiratake_rpc_client_timeouts_total",
                           "Remote calls whose reply did not come in time, as their callers found out.", labels)});
    pending_calls_ = environment.metrics.read_gauge("hiratake_rpc_client_pending_calls",
                                                    "Remote calls whose reply has not come yet.", labels,
                                                    [this] { return static_cast<double>(client_->pending_calls()); });
}

void ReplyListener::start() {
    client_->start();
    health_ = container_->environment().health.add("consumer " + client_->reply_queue(),
                                                   [this] { return client_->health(); });
}

void ReplyListener::stop() noexcept {
    health_.end();
    client_->stop();
}

}  // namespace hiratake::rpc
