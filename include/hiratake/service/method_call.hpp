#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/payload/arguments.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake {

/// A method of a service class that can be called with values, its C++ types erased: what an entrypoint keeps of its
/// method.
class MethodCall {
  public:
    /// @param parameters the names of the method's parameters, in order; none for a method whose only parameter is a
    /// struct. Throws ConfigurationError when their number is wrong, or one without a default follows one with.
    template <auto method, class ServiceClass>
    static MethodCall of(std::vector<Parameter> parameters) {
        return {payload::signature_of<method>(std::move(parameters)), &with_arguments<method, ServiceClass>};
    }

    const payload::Signature& signature() const { return signature_; }
    /// Keeps the values of sensitive arguments out of errors; in setup(), with the entrypoint's
    /// EntrypointOptions::sensitive_arguments().
    void hide(const std::vector<std::string>& sensitive) { signature_.hide(payload::SensitivePaths{sensitive}); }

    /// Matches the arguments to the parameters, converts them to their C++ types, and hands the call, ready to be made
    /// on a service object, to `run`. Throws ArgumentError, without having run anything, when they do not fit.
    void prepare(Array positional, Object named,
                 const std::function<void(const ServiceContainer::Call& call)>& run) const {
        with_arguments_(signature_, signature_.bind(std::move(positional), std::move(named)), run);
    }

  private:
    using WithArguments = void (*)(const payload::Signature& signature, Array values,
                                   const std::function<void(const ServiceContainer::Call& call)>& run);

    MethodCall(payload::Signature method_signature, WithArguments convert)
        : signature_(std::move(method_signature)), with_arguments_(convert) {
        signature_.require_defaults_last();
    }

    template <auto method, class ServiceClass>
    static void with_arguments(const payload::Signature& signature, Array values,
                               const std::function<void(const ServiceContainer::Call& call)>& run) {
        auto arguments = payload::read_arguments<method>(signature, std::move(values));
        run([&arguments](void* object) {
            return payload::call_method<method>(*static_cast<ServiceClass*>(object), std::move(arguments));
        });
    }

    payload::Signature signature_;
    WithArguments with_arguments_;
};

}  // namespace hiratake
