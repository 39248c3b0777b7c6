#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"

namespace hiratake {
namespace rpc {

std::unique_ptr<Entrypoint> make_entrypoint(MethodCall method);

}  // namespace rpc

/// The part of Service<T> that declares its RPC methods.
template <class Service, class ServiceClass>
class RpcMethods {
  public:
    /// Exposes a method to remote callers under its own name.
    /// @param parameters the names of the method's parameters, in order, as texts or arg("limit", 10) with a default;
    ///        none for a method whose only parameter is a struct, whose fields are then the arguments
    template <auto method, class... Parameters>
    EntrypointOptions& rpc(Parameters&&... parameters) {
        std::vector<Parameter> named;
        named.reserve(sizeof...(parameters));
        (named.emplace_back(std::forward<Parameters>(parameters)), ...);
        return static_cast<Service&>(*this).add(
            hiratake::rpc::make_entrypoint(MethodCall::of<method, ServiceClass>(std::move(named))));
    }
};

}  // namespace hiratake
