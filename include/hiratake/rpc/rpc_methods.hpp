#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "hiratake/payload/arguments.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake {
namespace rpc {

/// Converts the arguments to their C++ types and hands the call, ready to be made, to `run`. Throws ArgumentError,
/// without having run anything, when they do not fit.
using WithArguments = void (*)(const payload::Signature& signature, Array values,
                               const std::function<void(const ServiceContainer::Call& call)>& run);

std::unique_ptr<Entrypoint> make_entrypoint(payload::Signature signature, WithArguments with_arguments);

}  // namespace rpc

/// The part of Service<T> that declares its RPC methods.
template <class Service, class ServiceClass>
class RpcMethods {
  public:
    /// Exposes a method to remote callers under its own name.
    /// @param parameters the names of the method's parameters, in order, as texts or arg("limit", 10) with a default;
    /// none for a
    ///        method whose only parameter is a struct, whose fields are then the arguments
    template <auto method, class... Parameters>
    EntrypointOptions& rpc(Parameters&&... parameters) {
        std::vector<Parameter> named;
        named.reserve(sizeof...(parameters));
        (named.emplace_back(std::forward<Parameters>(parameters)), ...);
        return static_cast<Service&>(*this).add(
            hiratake::rpc::make_entrypoint(payload::signature_of<method>(std::move(named)), &with_arguments<method>));
    }

  private:
    template <auto method>
    static void with_arguments(const payload::Signature& signature, Array values,
                               const std::function<void(const ServiceContainer::Call& call)>& run) {
        auto arguments = payload::read_arguments<method>(signature, std::move(values));
        run([&arguments](void* object) {
            return payload::call_method<method>(*static_cast<ServiceClass*>(object), std::move(arguments));
        });
    }
};

}  // namespace hiratake
