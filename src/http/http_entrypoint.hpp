#pragma once

#include <string>
#include <utility>

#include "hiratake/http/route.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/service_container.hpp"
#include "http/responder.hpp"

namespace hiratake::http {

class HttpServer;

/// One route: runs a method of the service for each request that the container's server hands to it.
class HttpEntrypoint final : public Entrypoint {
  public:
    HttpEntrypoint(std::string http_method, std::string path, RouteMethod method)
        : Entrypoint(method.signature.method_name()),
          http_method_(std::move(http_method)),
          path_(std::move(path)),
          method_(std::move(method)) {}

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

    const RouteMethod& method() const { return method_; }
    const std::string& http_method() const { return http_method_; }
    const std::string& path() const { return path_; }

    /// Queues the request for a worker; 503 with Retry-After when there is no room or the service is stopping. On the
    /// loop's thread.
    void handle(Request request, Responder responder);

  private:
    void run(Request& request, Responder& responder);
    Response response_to(const WorkerContext& context, const WorkerResult& result, std::optional<Response>& own) const;
    Response response_to_error(const WorkerContext& context, const std::exception_ptr& error) const;

    std::string http_method_;
    std::string path_;
    RouteMethod method_;
    ServiceContainer* container_ = nullptr;
    HttpServer* server_ = nullptr;
};

}  // namespace hiratake::http
