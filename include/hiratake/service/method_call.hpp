#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/payload/arguments.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake {

/// A method of a service class that can be called with values, its C++ types erased: what an entrypoint keeps of its
/// method.
class MethodCall {
  public:
    /// Is given the call, ready to be made on a service object.
    using Run = std::function<void(const ServiceContainer::Call& call)>;

    /// @param parameters the names of the method's parameters, in order; none for a method whose only parameter is a
    /// struct. Throws ConfigurationError when their number is wrong, or one without a default follows one with.
    template <auto method, class ServiceClass>
    static MethodCall of(std::vector<Parameter> parameters) {
        return {payload::signature_of<method>(std::move(parameters)), &with_arguments<method, ServiceClass>,
                &with_json_arguments<method, ServiceClass>};
    }

    const payload::Signature& signature() const { return signature_; }
    /// Keeps the values of sensitive arguments out of errors; in setup(), with the entrypoint's
    /// EntrypointOptions::sensitive_arguments().
    void hide(const std::vector<std::string>& sensitive) { signature_.hide(payload::SensitivePaths{sensitive}); }

    /// Matches the arguments to the parameters, converts them to their C++ types, and hands the call to `run`. Throws
    /// ArgumentError, without having run anything, when they do not fit.
    void prepare(Array positional, Object named, const Run& run) const {
        with_arguments_(signature_, signature_.bind(std::move(positional), std::move(named)), run);
    }

    /// As prepare(), straight from a JSON array to the C++ types, and from the result's type to JSON. Returns false,
    /// without having run anything, where only prepare() can tell what becomes of the arguments.
    /// @param depth how many arrays and objects the arguments and the result lie inside of
    bool prepare_from_json(std::string_view positional, std::size_t depth, const Run& run) const {
        return with_json_arguments_(signature_, positional, depth, run);
    }

  private:
    using WithArguments = void (*)(const payload::Signature& signature, Array values, const Run& run);
    using WithJsonArguments = bool (*)(const payload::Signature& signature, std::string_view positional,
                                       std::size_t depth, const Run& run);

    MethodCall(payload::Signature method_signature, WithArguments convert, WithJsonArguments convert_json)
        : signature_(std::move(method_signature)), with_arguments_(convert), with_json_arguments_(convert_json) {
        signature_.require_defaults_last();
    }

    template <auto method, class ServiceClass>
    static void with_arguments(const payload::Signature& signature, Array values, const Run& run) {
        auto arguments = payload::read_arguments<method>(signature, std::move(values));
        run_with<method, ServiceClass>(arguments, std::nullopt, run);
    }

    template <auto method, class ServiceClass>
    static bool with_json_arguments(const payload::Signature& signature, std::string_view positional, std::size_t depth,
                                    const Run& run) {
        using Arguments = payload::ArgumentsOf<method>;
        if constexpr (payload::MadeBeforeRead<Arguments>) {
            Arguments arguments{};
            if (!payload::read_json_arguments(signature, positional, depth, arguments)) return false;
            run_with<method, ServiceClass>(arguments, depth, run);
            return true;
        }
        return false;
    }

    /// @param json_depth of a result that goes straight to JSON; none for one that becomes a value
    template <auto method, class ServiceClass>
    static void run_with(payload::ArgumentsOf<method>& arguments, std::optional<std::size_t> json_depth,
                         const Run& run) {
        // Two references, which std::function holds without an allocation.
        run([&arguments, &json_depth](void* object) -> MethodResult {
            auto& service = *static_cast<ServiceClass*>(object);
            if (!json_depth) return payload::call_method<method>(service, std::move(arguments));
            return payload::call_method_for_json<method>(service, std::move(arguments), JsonStyle::python, *json_depth);
        });
    }

    payload::Signature signature_;
    WithArguments with_arguments_;
    WithJsonArguments with_json_arguments_;
};

}  // namespace hiratake
