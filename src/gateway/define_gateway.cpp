#include <memory>
#include <utility>

#include "gateway/gateway_config.hpp"
#include "gateway/gateway_entrypoint.hpp"
#include "hiratake/gateway/gateway.hpp"
#include "hiratake/http/authentication.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_builder.hpp"

namespace hiratake::gateway {
namespace {

struct OpenGateway {
    static constexpr auto name = "gateway";
};

struct GuardedGateway {
    static constexpr auto name = "gateway";
    http::BasicAuth caller{"http.users"};
};

template <class ServiceClass>
ServiceDefinition define(GatewayConfig config) {
    ServiceBuilder<ServiceClass> builder;
    builder.doc(std::move(config.doc)).version(std::move(config.version));
    for (Route& route : config.routes) builder.add(publish(std::move(route)));
    auto definition = std::move(builder).finish();
    definition.name = std::move(config.name);
    return definition;
}

}  // namespace

std::unique_ptr<Entrypoint> publish(Route route) {
    return std::make_unique<GatewayEntrypoint>(std::move(route));
}

ServiceDefinition define_gateway(const Config& config) {
    auto own = read_gateway_config(config);
    return config.contains("http.users") ? define<GuardedGateway>(std::move(own)) : define<OpenGateway>(std::move(own));
}

}  // namespace hiratake::gateway
