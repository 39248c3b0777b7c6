#include "rpc/reply_listener.hpp"

#include "hiratake/base/clock.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake::rpc {

void ReplyListener::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    client::Connection& connection = environment.resources.get<client::ConnectionSource>().connection();
    client_ = std::make_unique<RpcClient>(connection, container.service_name(), environment.config, environment.log,
                                          environment.clock, environment.random);
}

}  // namespace hiratake::rpc
