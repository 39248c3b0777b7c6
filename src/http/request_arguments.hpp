#pragma once

#include <optional>
#include <string>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/http/route.hpp"
#include "http/form_limits.hpp"
#include "http/route_arguments.hpp"

namespace hiratake::http {

/// A text as a value of this kind. What is no number stays a text, for the validation to complain about.
Value value_of_text(TextKind kind, std::string text);

/// The arguments that a request carries, or the problem to answer with.
struct RequestArguments {
    RouteArguments arguments;
    std::optional<Response> problem;
};

/// Collects a method's arguments from the parts of the request that hold them, and holds them against their rules. What
/// the method has no parameter for is refused in the body and ignored elsewhere.
/// Throws Error when a temporary file for an upload cannot be written.
/// @param method of resolved sources
RequestArguments read_request_arguments(const RouteMethod& method, BodyKind body, const FormLimits& limits,
                                        const Request& request);

}  // namespace hiratake::http
