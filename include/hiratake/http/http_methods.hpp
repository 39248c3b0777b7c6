#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "hiratake/http/http_error.hpp"
#include "hiratake/http/route.hpp"
#include "hiratake/payload/arguments.hpp"

namespace hiratake {
namespace http {

template <class T>
struct WithoutOptional {
    using Type = T;
};
template <class T>
struct WithoutOptional<std::optional<T>> {
    using Type = T;
};

template <class Declared>
constexpr TextKind text_kind_of() {
    using T = typename WithoutOptional<std::decay_t<Declared>>::Type;
    if constexpr (std::is_same_v<T, bool>) return TextKind::boolean;
    return std::is_arithmetic_v<T> ? TextKind::number : TextKind::text;
}

template <class Result>
constexpr ResultKind result_kind_of() {
    using T = std::decay_t<Result>;
    if constexpr (std::is_void_v<T>) return ResultKind::nothing;
    if constexpr (std::is_same_v<T, Response>) return ResultKind::response;
    return std::is_convertible_v<T, std::string_view> ? ResultKind::text : ResultKind::json;
}

/// Whether the method's one parameter is the request itself.
template <auto method>
constexpr bool takes_request() {
    using Arguments = payload::ArgumentsOf<method>;
    if constexpr (std::tuple_size_v<Arguments> == 1) {
        return std::is_same_v<std::tuple_element_t<0, Arguments>, Request>;
    } else {
        return false;
    }
}

/// The text kinds of a method's parameters: of a struct's fields, where these are the parameters.
template <auto method>
std::vector<TextKind> text_kinds_of(const payload::Signature& signature) {
    using Arguments = payload::ArgumentsOf<method>;
    std::vector<TextKind> kinds;
    if (signature.form() == payload::Signature::Form::one_struct) {
        if constexpr (std::tuple_size_v<Arguments> == 1) {
            using Only = std::tuple_element_t<0, Arguments>;
            if constexpr (Aggregate<Only>) {
                Only fields{};
                reflect::for_each_field(fields, [&kinds](std::string_view, auto& field) {
                    kinds.push_back(text_kind_of<decltype(field)>());
                });
            }
        }
    } else {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (kinds.push_back(text_kind_of<std::tuple_element_t<I, Arguments>>()), ...);
        }
        (std::make_index_sequence<std::tuple_size_v<Arguments>>{});
    }
    return kinds;
}

/// Calls the method. A Response goes to `response`, any other result is returned.
template <auto method, class Object>
Value call_for_response(Object& object, payload::ArgumentsOf<method>& arguments, std::optional<Response>& response) {
    using Traits = payload::MethodTraits<decltype(method)>;
    if constexpr (result_kind_of<typename Traits::Result>() != ResultKind::response) {
        return payload::call_method<method>(object, std::move(arguments));
    } else {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            using Declared = typename Traits::Declared;
            response = (object.*method)(static_cast<std::tuple_element_t<I, Declared>&&>(std::get<I>(arguments))...);
        }
        (std::make_index_sequence<Traits::arity>{});
        return {};
    }
}

}  // namespace http

/// The part of Service<T> that declares its HTTP routes.
///
/// A path is like "/orders/{id}". The arguments of the method come by name: from the path's variables, from the query,
/// and, for post, put and patch, from the members of the JSON object that is the body. They are named as for rpc(): one
/// text or arg("limit", 10) for each parameter, or none for a method whose only parameter is a struct, whose fields are
/// then the arguments. A method whose only parameter is an http::Request gets the request as it is.
///
/// Results: a text is sent as text/plain, an http::Response as it stands, nothing as 204, and all else as JSON.
/// What does not fit is answered before the method is called; docs/http.md says how.
template <class Service, class ServiceClass>
class HttpMethods {
  public:
    template <auto method, class... Parameters>
    EntrypointOptions& get(std::string path, Parameters&&... parameters) {
        return route<method>("GET", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    EntrypointOptions& post(std::string path, Parameters&&... parameters) {
        return route<method>("POST", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    EntrypointOptions& put(std::string path, Parameters&&... parameters) {
        return route<method>("PUT", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    EntrypointOptions& patch(std::string path, Parameters&&... parameters) {
        return route<method>("PATCH", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    EntrypointOptions& del(std::string path, Parameters&&... parameters) {
        return route<method>("DELETE", std::move(path), std::forward<Parameters>(parameters)...);
    }

    /// @param http_method in capitals: "OPTIONS"
    template <auto method, class... Parameters>
    EntrypointOptions& route(std::string http_method, std::string path, Parameters&&... parameters) {
        std::vector<Parameter> named;
        named.reserve(sizeof...(parameters));
        (named.emplace_back(std::forward<Parameters>(parameters)), ...);
        return static_cast<Service&>(*this).add(
            http::make_entrypoint(std::move(http_method), std::move(path), route_method<method>(std::move(named))));
    }

  private:
    template <auto method>
    static http::RouteMethod route_method(std::vector<Parameter> named) {
        using Result = typename payload::MethodTraits<decltype(method)>::Result;
        if constexpr (http::takes_request<method>()) {
            return {payload::Signature(std::string(method_name<method>()), {}),
                    {},
                    true,
                    http::result_kind_of<Result>(),
                    &with_request<method>};
        } else {
            constexpr bool has_schema = http::result_kind_of<Result>() != http::ResultKind::response;
            auto signature = payload::signature_of<method, has_schema>(std::move(named));
            auto kinds = http::text_kinds_of<method>(signature);
            return {std::move(signature), std::move(kinds), false, http::result_kind_of<Result>(),
                    &with_arguments<method>};
        }
    }

    template <auto method>
    static void with_arguments(const payload::Signature& signature, Array values, http::Request&,
                               std::optional<http::Response>& response,
                               const std::function<void(const ServiceContainer::Call& call)>& run) {
        auto arguments = payload::read_arguments<method>(signature, std::move(values));
        run([&](void* object) {
            return http::call_for_response<method>(*static_cast<ServiceClass*>(object), arguments, response);
        });
    }

    template <auto method>
    static void with_request(const payload::Signature&, Array, http::Request& request,
                             std::optional<http::Response>& response,
                             const std::function<void(const ServiceContainer::Call& call)>& run) {
        payload::ArgumentsOf<method> arguments{std::move(request)};
        run([&](void* object) {
            return http::call_for_response<method>(*static_cast<ServiceClass*>(object), arguments, response);
        });
    }
};

}  // namespace hiratake
