#pragma once

#include <memory>
#include <utility>

#include "hiratake/rpc/rpc_proxy.hpp"

namespace hiratake::rpc {

/// Provides a dependency that consists of an RpcProxy, which its proxy() returns.
template <class Holder>
class ProxyHolderProvider final : public DependencyProviderOf<Holder> {
  public:
    explicit ProxyHolderProvider(const RpcProxy& declaration) : provider_(declaration.make_provider()) {}

    void setup(ServiceContainer& container) override { provider_->setup(container); }
    void provide(Holder& member, WorkerContext& context) override { provider_->inject(&member.proxy(), context); }

  private:
    std::unique_ptr<DependencyProvider> provider_;
};

}  // namespace hiratake::rpc
