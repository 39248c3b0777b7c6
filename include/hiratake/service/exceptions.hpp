#pragma once

#include <array>
#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/service/application_error_types.hpp"
#include "hiratake/service/error_description.hpp"

namespace hiratake {

namespace detail {

template <class Exception>
std::string error_path() {
    if constexpr (requires { std::string{Exception::path}; }) {
        return std::string{Exception::path};
    } else {
        return type_path(typeid(Exception));
    }
}

template <class Exception>
constexpr std::string_view error_doc() {
    if constexpr (requires { std::string_view{Exception::doc}; }) {
        return Exception::doc;
    } else {
        return {};
    }
}

template <class Exception>
constexpr SchemaFunction error_details_schema() {
    if constexpr (requires { typename Exception::Details; }) {
        return &schema_of<typename Exception::Details>;
    } else {
        return nullptr;
    }
}

template <class Exception>
std::exception_ptr make_error(const std::string& message, Value details, ErrorOrigin origin) {
    const auto from_origin = [&](Exception error) {
        error.came_from(std::move(origin));
        return std::make_exception_ptr(std::move(error));
    };
    if constexpr (requires { typename Exception::Details; }) {
        static_assert(std::is_constructible_v<Exception, const std::string&, typename Exception::Details>,
                      "an exception with details is made of its text and them: using ApplicationErrorOf::"
                      "ApplicationErrorOf;");
        return from_origin(Exception(message, from_value<typename Exception::Details>(std::move(details))));
    } else {
        static_assert(std::is_constructible_v<Exception, const std::string&>,
                      "an exception is made of its text: using ApplicationError::ApplicationError;");
        return from_origin(Exception(message));
    }
}

template <class Exception>
constexpr ApplicationErrorType application_error_type() {
    static_assert(std::derived_from<Exception, ApplicationError>,
                  "only an exception that is derived from hiratake::ApplicationError travels as its own type");
    return {&error_path<Exception>,
            error_doc<Exception>(),
            &typeid(Exception),
            [](const ApplicationError& error) { return dynamic_cast<const Exception*>(&error) != nullptr; },
            error_details_schema<Exception>(),
            &make_error<Exception>};
}

template <class... Exceptions>
inline constexpr std::array<ApplicationErrorType, sizeof...(Exceptions)> application_error_table{
    application_error_type<Exceptions>()...};

}  // namespace detail

/// The application's exceptions that the methods of a service throw, said once in its class:
///
///     struct Bank {
///         static constexpr auto name = "bank";
///         static constexpr auto exceptions = hiratake::exceptions<InsufficientFunds, AccountClosed>;
///
/// and, for an RpcProxy, by RpcProxy::throwing().
template <class... Exceptions>
inline constexpr ApplicationErrorTypes exceptions{detail::application_error_table<Exceptions...>};

}  // namespace hiratake
