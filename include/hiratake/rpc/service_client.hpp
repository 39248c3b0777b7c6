#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hiratake/rpc/proxy_holder.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"

namespace hiratake {

/// What the clients that `hiratake stub` writes have in common: a proxy of their service.
class ServiceClient {
  public:
    RpcProxy& proxy() { return proxy_; }
    const RpcProxy& proxy() const { return proxy_; }

  protected:
    explicit ServiceClient(RpcProxy proxy) : proxy_(std::move(proxy)) {}

  private:
    RpcProxy proxy_;
};

/// The base of one method of such a client. Refers to its client, which must outlive it.
class RemoteMethod {
  public:
    explicit RemoteMethod(const ServiceClient& client) : client_(&client) {}

  protected:
    template <class Result, class... Arguments>
    Result call(std::string_view method, Arguments&&... arguments) const {
        return client_->proxy().call<Result>(method, std::forward<Arguments>(arguments)...);
    }
    template <class Result, class... Arguments>
    Reply<Result> start(std::string_view method, Arguments&&... arguments) const {
        return client_->proxy().call_async<Result>(method, std::forward<Arguments>(arguments)...);
    }

  private:
    const ServiceClient* client_;
};

}  // namespace hiratake
