#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/http/route_options.hpp"
#include "hiratake/http/route_parameter.hpp"
#include "hiratake/http/uploaded_file.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake::http {

/// How a text of the path, the query, a header, a cookie or a form becomes a value.
enum class TextKind { text, number, boolean };

/// What the C++ type of a parameter tells about its argument.
struct ArgumentType {
    /// Of one text: of an element where it is a list.
    TextKind text_kind = TextKind::text;
    /// A std::vector (but not of bytes): several texts make it up.
    bool is_list = false;
    /// A std::optional: it may be missing, and is null then.
    bool is_optional = false;
    /// An UploadedFile, or an optional or list of it.
    bool is_file = false;
};

/// Where requests have the argument for one parameter of the signature.
struct RouteArgument {
    ParameterSource source = ParameterSource::automatic;
    std::string wire_name;
    ArgumentType type;
};

/// The arguments of one call, before they get their C++ types.
struct RouteArguments {
    /// As payload::Signature::bind() returns them; of an uploaded file what describes it.
    Array values;
    /// The files themselves, by parameter; empty for a method that takes none.
    std::vector<std::vector<UploadedFile>> files;
};

/// What a method's results are sent as.
enum class ResultKind { nothing, text, bytes, response, json };

/// A method of a service behind a route, with its C++ types erased. Made by HttpMethods.
struct RouteMethod {
    /// Converts the arguments to their C++ types and hands the call, ready to be made, to `run`. The call leaves its
    /// result in `response` when it is a Response, or returns it. Throws ArgumentError, without having run anything,
    /// when the arguments do not fit.
    using WithArguments = void (*)(const payload::Signature& signature, RouteArguments arguments, Request& request,
                                   std::optional<Response>& response,
                                   const std::function<void(const ServiceContainer::Call& call)>& run);

    payload::Signature signature;
    /// One for each parameter of the signature.
    std::vector<RouteArgument> arguments;
    /// The method's one parameter is the request itself: nothing is read from it.
    bool takes_request = false;
    ResultKind result_kind = ResultKind::json;
    /// A std::optional: where it is empty, the answer is 404.
    bool result_is_optional = false;
    /// The schema of a result that is there; null where the C++ type does not tell.
    SchemaFunction result_schema = nullptr;
    WithArguments with_arguments = nullptr;
};

/// Joins what a definition says of a method's parameters with their types.
/// @param named as in the definition; empty for a method whose only parameter is a struct
/// @param types one for each parameter of the signature
std::vector<RouteArgument> route_arguments(const payload::Signature& signature, std::vector<RouteParameter> named,
                                           std::vector<ArgumentType> types);
std::vector<Parameter> to_parameters(const std::vector<RouteParameter>& named);

/// A text of these bytes, or null.
Value value_of_bytes(const std::optional<std::vector<std::byte>>& bytes);

/// The entrypoint of a route, as far as definitions know it.
class RouteEntrypoint : public Entrypoint {
  public:
    using Entrypoint::Entrypoint;
    RouteOptions& route_options() { return route_options_; }
    const RouteOptions& route_options() const { return route_options_; }

  private:
    RouteOptions route_options_{options()};
};

/// Throws ConfigurationError when path and parameters contradict each other.
/// @param http_method "POST"
/// @param path "/orders/{id}"
std::unique_ptr<RouteEntrypoint> make_entrypoint(std::string http_method, std::string path, RouteMethod method);

}  // namespace hiratake::http
