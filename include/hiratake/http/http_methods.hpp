#pragma once

#include <cstddef>
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

using Bytes = std::vector<std::byte>;

template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = !std::is_same_v<T, std::byte>;

template <class T>
constexpr bool is_file = std::is_same_v<T, UploadedFile> || std::is_same_v<T, std::vector<UploadedFile>>;

template <class T>
constexpr TextKind text_kind_of() {
    if constexpr (is_list<T>) {
        return text_kind_of<typename T::value_type>();
    } else if constexpr (std::is_same_v<T, bool>) {
        return TextKind::boolean;
    } else {
        // A duration is a number of seconds.
        constexpr bool is_duration = requires {
            typename T::period;
        };
        return std::is_arithmetic_v<T> || is_duration ? TextKind::number : TextKind::text;
    }
}

template <class Declared>
constexpr ArgumentType argument_type_of() {
    using T = std::decay_t<Declared>;
    using Inner = typename WithoutOptional<T>::Type;
    return {text_kind_of<Inner>(), is_list<Inner>, payload::is_optional<T>, is_file<Inner>};
}

template <class Result>
constexpr ResultKind result_kind_of() {
    using T = typename WithoutOptional<std::decay_t<Result>>::Type;
    if constexpr (std::is_void_v<T>) return ResultKind::nothing;
    if constexpr (std::is_same_v<T, Response>) return ResultKind::response;
    if constexpr (std::is_same_v<T, Bytes>) return ResultKind::bytes;
    return std::is_convertible_v<T, std::string_view> ? ResultKind::text : ResultKind::json;
}

template <class Result>
constexpr bool is_payload() {
    constexpr auto kind = result_kind_of<Result>();
    return kind != ResultKind::bytes && kind != ResultKind::response;
}

/// Null for results that are no payload.
template <class Result>
constexpr SchemaFunction result_schema_of() {
    if constexpr (is_payload<Result>()) {
        return payload::schema_of_result<typename WithoutOptional<std::decay_t<Result>>::Type>();
    } else {
        return nullptr;
    }
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

/// The types of a method's parameters: of a struct's fields, where these are the parameters.
template <auto method>
std::vector<ArgumentType> argument_types_of(const payload::Signature& signature) {
    using Arguments = payload::ArgumentsOf<method>;
    std::vector<ArgumentType> types;
    if (signature.form() == payload::Signature::Form::one_struct) {
        if constexpr (std::tuple_size_v<Arguments> == 1) {
            using Only = std::tuple_element_t<0, Arguments>;
            if constexpr (Aggregate<Only>) {
                Only fields{};
                reflect::for_each_field(fields, [&types](std::string_view, auto& field) {
                    types.push_back(argument_type_of<decltype(field)>());
                });
            }
        }
    } else {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (types.push_back(argument_type_of<std::tuple_element_t<I, Arguments>>()), ...);
        }
        (std::make_index_sequence<std::tuple_size_v<Arguments>>{});
    }
    return types;
}

/// Where the signature lets a file through, it is there: there are as many as the parameter's type needs.
template <class T>
T take_files(std::vector<UploadedFile> files) {
    if constexpr (is_list<typename WithoutOptional<T>::Type>) {
        return files;
    } else if constexpr (payload::is_optional<T>) {
        return files.empty() ? T{} : T{std::move(files.front())};
    } else {
        return std::move(files.front());
    }
}

template <class T>
T read_argument(const payload::Signature& signature, RouteArguments& arguments, std::size_t i) {
    if constexpr (is_file<typename WithoutOptional<T>::Type>) {
        return take_files<T>(std::move(arguments.files[i]));
    } else {
        return Converter<T>::from_value(std::move(arguments.values[i]), ValuePath{}.member(signature.argument_name(i)));
    }
}

/// payload::read_arguments() for methods whose parameters may be uploaded files.
template <auto method>
payload::ArgumentsOf<method> read_arguments(const payload::Signature& signature, RouteArguments arguments) {
    using Types = payload::ArgumentsOf<method>;
    constexpr bool has_files = []<class... T>(std::type_identity<std::tuple<T...>>) {
        return (is_file<typename WithoutOptional<T>::Type> || ...);
    }(std::type_identity<Types>{});
    if constexpr (!has_files) {
        return payload::read_arguments<method>(signature, std::move(arguments.values));
    } else {
        try {
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return Types{read_argument<std::tuple_element_t<I, Types>>(signature, arguments, I)...};
            }
            (std::make_index_sequence<std::tuple_size_v<Types>>{});
        } catch (const ConversionError& error) {
            throw signature.argument_error(error);
        }
    }
}

/// Calls the method. A Response goes to `response`, any other result is returned.
template <auto method, class Object>
MethodResult call_for_response(Object& object, payload::ArgumentsOf<method>& arguments,
                               std::optional<Response>& response) {
    constexpr auto kind = result_kind_of<typename payload::MethodTraits<decltype(method)>::Result>();
    if constexpr (kind == ResultKind::json) {
        return payload::call_method_for_json<method>(object, std::move(arguments), JsonStyle::compact);
    } else if constexpr (kind == ResultKind::bytes) {
        return value_of_bytes(payload::call_with<method>(object, std::move(arguments)));
    } else if constexpr (kind == ResultKind::response) {
        response = payload::call_with<method>(object, std::move(arguments));
        return {};
    } else {
        return payload::call_method<method>(object, std::move(arguments));
    }
}

}  // namespace http

/// The part of Service<T> that declares its HTTP routes.
///
/// A path is like "/orders/{id}". The arguments of the method come by name: from the path's variables, from the query,
/// and, for post, put and patch, from the members of the JSON object that is the body; http::query(), http::header(),
/// http::cookie(), http::body() and the others of route_parameter.hpp say where else they are. They are named as for
/// rpc(): one text or arg("limit", 10) for each parameter, or none for a method whose only parameter is a struct, whose
/// fields are then the arguments. A method whose only parameter is an http::Request gets the request as it is.
///
/// Results: a text is sent as text/plain, bytes as application/octet-stream, an http::Response as it stands, nothing as
/// 204, an empty std::optional as 404, and all else as JSON. What does not fit is answered before the method is called;
/// docs/http.md says how.
template <class Service, class ServiceClass>
class HttpMethods {
  public:
    template <auto method, class... Parameters>
    http::RouteOptions& get(std::string path, Parameters&&... parameters) {
        return route<method>("GET", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    http::RouteOptions& post(std::string path, Parameters&&... parameters) {
        return route<method>("POST", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    http::RouteOptions& put(std::string path, Parameters&&... parameters) {
        return route<method>("PUT", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    http::RouteOptions& patch(std::string path, Parameters&&... parameters) {
        return route<method>("PATCH", std::move(path), std::forward<Parameters>(parameters)...);
    }
    template <auto method, class... Parameters>
    http::RouteOptions& del(std::string path, Parameters&&... parameters) {
        return route<method>("DELETE", std::move(path), std::forward<Parameters>(parameters)...);
    }

    /// @param http_method in capitals: "OPTIONS"
    template <auto method, class... Parameters>
    http::RouteOptions& route(std::string http_method, std::string path, Parameters&&... parameters) {
        std::vector<http::RouteParameter> named;
        named.reserve(sizeof...(parameters));
        (named.emplace_back(std::forward<Parameters>(parameters)), ...);
        auto entrypoint =
            http::make_entrypoint(std::move(http_method), std::move(path), route_method<method>(std::move(named)));
        auto& options = entrypoint->route_options();
        static_cast<Service&>(*this).add(std::move(entrypoint));
        return options;
    }

  private:
    template <auto method>
    static http::RouteMethod route_method(std::vector<http::RouteParameter> named) {
        using Result = typename payload::MethodTraits<decltype(method)>::Result;
        constexpr bool is_optional = payload::is_optional<std::decay_t<Result>>;
        constexpr auto kind = http::result_kind_of<Result>();
        constexpr auto schema = http::result_schema_of<Result>();
        if constexpr (http::takes_request<method>()) {
            payload::Signature signature(std::string(method_name<method>()), {});
            return {std::move(signature), {}, true, kind, is_optional, schema, &with_request<method>};
        } else {
            auto signature = payload::signature_of<method, http::is_payload<Result>()>(http::to_parameters(named));
            auto arguments =
                http::route_arguments(signature, std::move(named), http::argument_types_of<method>(signature));
            return {std::move(signature),   std::move(arguments), false, kind, is_optional, schema,
                    &with_arguments<method>};
        }
    }

    template <auto method>
    static void with_arguments(const payload::Signature& signature, http::RouteArguments values, http::Request&,
                               std::optional<http::Response>& response,
                               const std::function<void(const ServiceContainer::Call& call)>& run) {
        auto arguments = http::read_arguments<method>(signature, std::move(values));
        run([&](void* object) {
            return http::call_for_response<method>(*static_cast<ServiceClass*>(object), arguments, response);
        });
    }

    template <auto method>
    static void with_request(const payload::Signature&, http::RouteArguments, http::Request& request,
                             std::optional<http::Response>& response,
                             const std::function<void(const ServiceContainer::Call& call)>& run) {
        payload::ArgumentsOf<method> arguments{std::move(request)};
        run([&](void* object) {
            return http::call_for_response<method>(*static_cast<ServiceClass*>(object), arguments, response);
        });
    }
};

}  // namespace hiratake
