#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/remote_schemas.hpp"
#include "hiratake/gateway/route.hpp"
#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/http/route.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "hiratake/service/documented_exception.hpp"
#include "http/route_arguments.hpp"

namespace hiratake::gateway {

/// The arguments of a call, by name, or the answer to a request that has not got them.
struct CallArguments {
    Object kwargs;
    std::optional<http::Response> problem;
};

/// The method behind a route, as far as its service describes it: reads the arguments of calls from requests.
/// Immutable, and safe from any thread.
class RemoteMethod {
  public:
    /// A method that is not described (yet): all that a request has goes on, the path and the query as texts.
    explicit RemoteMethod(const Route& route);
    /// Throws ConfigurationError when route and method contradict each other: a variable of the path that no parameter
    /// is called after; and ConversionError for schemas that make no sense.
    /// @param exceptions that the service says its methods throw
    RemoteMethod(const Route& route, const MethodDescription& description,
                 const std::vector<ExceptionDescription>& exceptions,
                 const std::shared_ptr<const RemoteSchemas>& schemas);

    /// The arguments, as requests call them, that are not to be shown, or not all of them.
    const std::vector<std::string>& sensitive_names() const { return sensitive_names_; }
    bool is_described() const { return is_described_; }
    const std::string& doc() const { return doc_; }
    const std::vector<DocumentedException>& exceptions() const { return exceptions_; }
    const http::RouteMethod& route_method() const { return method_; }

    CallArguments read_arguments(const http::Request& request) const;

  private:
    void hide(const Route& route, const MethodDescription& description);

    bool is_described_;
    std::string doc_;
    std::vector<DocumentedException> exceptions_;
    /// Its signature has the arguments that clients give, as the fields of one struct.
    http::RouteMethod method_;
    http::BodyKind body_kind_;
    Object fixed_arguments_;
    /// Those that the service requires, though they may be null: a client may leave them out.
    std::vector<std::string> nullable_arguments_;
    std::vector<std::string> sensitive_names_;
};

}  // namespace hiratake::gateway
