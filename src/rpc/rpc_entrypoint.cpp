#include "rpc/rpc_entrypoint.hpp"

#include <memory>

#include "hiratake/rpc/rpc_methods.hpp"
#include "hiratake/service/service_container.hpp"
#include "rpc/configured_exchange.hpp"
#include "rpc/rpc_consumer.hpp"
#include "wire/names.hpp"

namespace hiratake::rpc {

void RpcEntrypoint::setup(ServiceContainer& container) {
    method_.hide(options().sensitive_arguments());
    consumer_ = &container.shared<RpcConsumer>();
    consumer_->add(*this);
}

void RpcEntrypoint::stop() noexcept {
    consumer_->cancel();
}

void RpcEntrypoint::kill() noexcept {
    if (consumer_) consumer_->cancel();
}

EntrypointDescription RpcEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "rpc";
    description.signature = &method_.signature();
    description.details = Object{{"exchange", configured_exchange(config)},
                                 {"queue", wire::rpc_queue_name(service_name)},
                                 {"routing_key", wire::rpc_routing_key(service_name, method_name())}};
    return description;
}

std::unique_ptr<Entrypoint> make_entrypoint(MethodCall method) {
    return std::make_unique<RpcEntrypoint>(std::move(method));
}

}  // namespace hiratake::rpc
