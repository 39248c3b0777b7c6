#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake::http {

/// How the text of a path variable or query parameter becomes a value.
enum class TextKind { text, number, boolean };

/// What a method's results are sent as.
enum class ResultKind { nothing, text, response, json };

/// A method of a service behind a route, with its C++ types erased. Made by HttpMethods.
struct RouteMethod {
    /// Converts the arguments to their C++ types and hands the call, ready to be made, to `run`. The call leaves its
    /// result in `response` when it is a Response, or returns it. Throws ArgumentError, without having run anything,
    /// when the arguments do not fit.
    using WithArguments = void (*)(const payload::Signature& signature, Array values, Request& request,
                                   std::optional<Response>& response,
                                   const std::function<void(const ServiceContainer::Call& call)>& run);

    payload::Signature signature;
    /// One for each parameter of the signature.
    std::vector<TextKind> text_kinds;
    /// The method's one parameter is the request itself: nothing is read from it.
    bool takes_request = false;
    ResultKind result_kind = ResultKind::json;
    WithArguments with_arguments = nullptr;
};

/// @param http_method "POST"
/// @param path "/orders/{id}"
std::unique_ptr<Entrypoint> make_entrypoint(std::string http_method, std::string path, RouteMethod method);

}  // namespace hiratake::http
