#pragma once

#include <memory>

#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/service/extension.hpp"
#include "hiratake/service/registration.hpp"
#include "rpc/rpc_client.hpp"

namespace hiratake::rpc {

/// What all RPC proxies of a container share: one reply queue, and the calls under way.
class ReplyListener final : public SharedExtension {
  public:
    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }

    RpcCaller& caller() { return *client_; }

  private:
    ServiceContainer* container_ = nullptr;
    std::unique_ptr<RpcClient> client_;
    Registration health_;
    Registration pending_calls_;
};

}  // namespace hiratake::rpc
