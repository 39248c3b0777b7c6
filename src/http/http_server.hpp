#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/service/extension.hpp"
#include "hiratake/service/registration.hpp"
#include "hiratake/service/worker_context.hpp"
#include "http/access_control.hpp"
#include "http/access_log.hpp"
#include "http/cors.hpp"
#include "http/http_metrics.hpp"
#include "http/route_handler.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/trusted_proxies.hpp"
#include "net/parker.hpp"

namespace hiratake::http {

/// The one HTTP server of a container, shared by its routes. Configured by `WEB_SERVER_ADDRESS` and the section `http:`
/// (docs/http.md).
class HttpServer final : public SharedExtension {
  public:
    /// Answers at once, on the loop's thread: no waiting.
    using BuiltIn = net::UniqueFunction<Response(const Request&)>;

    ~HttpServer() override;

    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override;

    /// A route of the service. From setup() of the extension that the handler lives in.
    void add(RouteHandler& handler);
    /// A page of the framework itself, for GET: health, metrics, documentation. A service that has a route with the
    /// same path keeps it. From setup() of any extension.
    void add_built_in(std::string path, BuiltIn answer);
    void add_built_in(RouteHandler& handler);
    /// What the routes say of themselves has changed: the documents are made anew. On the loop's thread.
    void renew_documents() { ++document_revision_; }
    std::uint64_t document_revision() const { return document_revision_; }
    /// Lets only authenticated requests through to the service's routes, but for these. From setup() of any extension.
    void require(std::shared_ptr<const Authenticator> authenticator, const std::vector<std::string>& public_paths);
    /// Whether the service wants credentials for this path: refusal() is needed.
    bool asks_for_credentials(std::string_view path) const { return access_control_->applies_to(path); }
    /// Asks for credentials where the service wants them, and notes in the exchange and the context data whose they
    /// are. On a worker: the user's verification may wait.
    /// @return the answer to a request that is not let in
    std::optional<Response> refusal(const Request& request, Exchange& exchange, Object& context_data) const;
    /// What a request tells the worker that runs for it: its id, as the origin of the call-id stack, its trace context,
    /// and the headers that the configuration names.
    WorkerContext::Inbound inbound(const Request& request) const;
    /// Accepts no more; each connection ends after the answer that is under way. Does not wait.
    void begin_to_stop() noexcept;

    /// "127.0.0.1:8000"; after start().
    const std::string& address() const { return server_->address(); }

  private:
    /// What the router finds.
    struct Route {
        std::string path;
        /// One of the two.
        RouteHandler* handler = nullptr;
        BuiltIn built_in;
    };

    BodyRules body_rules(const Request& header) const;
    void handle(Request&& request, Responder&& responder);
    void route(Request&& request, Responder&& responder);
    Response answer_options(const Request& request, std::string allowed) const;
    void observe(const Exchange& exchange);
    void check_public_paths() const;
    void report();
    void close_server() noexcept;

    ServiceContainer* container_ = nullptr;
    std::optional<Logger> logger_;
    ServerOptions options_;
    std::optional<TrustedProxies> trusted_proxies_;
    std::optional<Cors> cors_;
    std::optional<AccessControl> access_control_;
    std::optional<AccessLog> access_log_;
    std::optional<HttpMetrics> metrics_;
    /// Header and key of the context data.
    std::vector<std::pair<std::string, std::string>> context_headers_;
    Router router_;
    std::vector<Route> routes_;
    /// Until start(), when all routes of the service are known.
    std::vector<Route> built_in_routes_;
    std::uint64_t document_revision_ = 0;
    std::atomic<bool> is_stopping_ = false;
    net::Parker emptied_;
    std::unique_ptr<Server> server_;
    std::vector<Registration> reports_;
};

}  // namespace hiratake::http
