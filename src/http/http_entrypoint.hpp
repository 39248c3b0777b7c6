#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hiratake/http/route.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/service_container.hpp"
#include "http/form_limits.hpp"
#include "http/request_arguments.hpp"
#include "http/route_arguments.hpp"
#include "http/route_handler.hpp"

namespace hiratake::http {

class HttpServer;

/// One route: runs a method of the service for each request that the container's server hands to it.
class HttpEntrypoint final : public RouteEntrypoint, public RouteHandler {
  public:
    /// Throws ConfigurationError when path and parameters contradict each other.
    HttpEntrypoint(std::string http_method, std::string path, RouteMethod method);

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    bool can_limit_workers() const override { return true; }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

    /// With the source of each argument resolved.
    const RouteMethod& method() const { return method_; }
    BodyKind body_kind() const { return body_kind_; }
    /// The status of a success; not for a method that returns a Response.
    int success_status() const;
    /// Of a success; empty when there is none, or when the method decides.
    std::string media_type() const { return produced_media_type(method_, route_options()); }
    const std::string& http_method() const override { return http_method_; }
    const std::string& path() const override { return path_; }
    std::vector<std::string> sensitive_arguments() const override { return sensitive_names_; }

    BodyRules body_rules(std::uint64_t max_bytes) const override;
    /// Queues the request for a worker; 503 with Retry-After when there is no room or the service is stopping.
    void handle(Request request, Responder responder) override;

  private:
    void hide_sensitive_arguments();
    void run(Request& request, Responder& responder);
    RequestArguments read_arguments(const Request& request) const;
    Response success(const MethodResult& result) const;
    static void stream(Responder& responder, Response& response);
    Response response_to(const WorkerContext& context, const WorkerResult& result, std::optional<Response>& own) const;
    Response response_to_error(const WorkerContext& context, const std::exception_ptr& error) const;

    std::string http_method_;
    std::string path_;
    RouteMethod method_;
    BodyKind body_kind_ = BodyKind::none;
    FormLimits form_limits_;
    // As the method calls them, and as requests do.
    std::vector<std::string> sensitive_names_;
    ServiceContainer* container_ = nullptr;
    HttpServer* server_ = nullptr;
};

}  // namespace hiratake::http
