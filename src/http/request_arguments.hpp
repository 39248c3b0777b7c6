#pragma once

#include <optional>
#include <string>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/http/route.hpp"

namespace hiratake::http {

/// A text of the path or query as a value of this kind. What is no number stays a text, for the conversion to complain
/// about in its own words.
Value value_of_text(TextKind kind, std::string text);

/// The arguments that a request carries, or the problem to answer with.
struct RequestArguments {
    /// As payload::Signature::bind() returns them.
    Array values;
    std::optional<Response> problem;
};

/// Collects a method's arguments from path variables, query and JSON body. A path variable goes before a body member of
/// the same name, and that before a query parameter. Query parameters that are no parameters of the method are ignored.
RequestArguments read_request_arguments(const RouteMethod& method, const Request& request);

}  // namespace hiratake::http
