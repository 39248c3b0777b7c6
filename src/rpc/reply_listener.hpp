#pragma once

#include <memory>

#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/service/extension.hpp"
#include "rpc/rpc_client.hpp"

namespace hiratake::rpc {

/// What all RPC proxies of a container share: one reply queue, and the calls under way.
class ReplyListener final : public SharedExtension {
  public:
    void setup(ServiceContainer& container) override;
    void start() override { client_->start(); }
    void stop() noexcept override { client_->stop(); }
    void kill() noexcept override { client_->stop(); }

    RpcCaller& caller() { return *client_; }

  private:
    std::unique_ptr<RpcClient> client_;
};

}  // namespace hiratake::rpc
