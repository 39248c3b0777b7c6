#include "rpc/rpc_entrypoint.hpp"

#include <memory>

#include "hiratake/rpc/rpc_methods.hpp"
#include "hiratake/service/service_container.hpp"
#include "rpc/rpc_consumer.hpp"

namespace hiratake::rpc {

void RpcEntrypoint::setup(ServiceContainer& container) {
    consumer_ = &container.shared<RpcConsumer>();
    consumer_->add(*this);
}

void RpcEntrypoint::stop() noexcept {
    consumer_->cancel();
}

void RpcEntrypoint::kill() noexcept {
    if (consumer_) consumer_->cancel();
}

std::unique_ptr<Entrypoint> make_entrypoint(MethodCall method) {
    return std::make_unique<RpcEntrypoint>(std::move(method));
}

}  // namespace hiratake::rpc
