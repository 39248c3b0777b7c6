#include "http/http_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/http/http_error.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/service_container.hpp"
#include "http/api_pages.hpp"
#include "http/operations_pages.hpp"
#include "http/problem.hpp"
#include "http/request_id.hpp"
#include "http/request_problems.hpp"
#include "http/server_options.hpp"
#include "http/trace_context.hpp"
#include "net/event_loop.hpp"
#include "net/run_and_wait.hpp"

namespace hiratake::http {
namespace {

// The workers have answered by then; this is for the last answers to leave.
constexpr auto longest_farewell = std::chrono::seconds{5};

Deadline in(Duration timeout) {
    return Deadline::after(SystemClock{}.now(), timeout);
}

std::vector<std::pair<std::string, std::string>> read_context_headers(const Config& config) {
    std::vector<std::pair<std::string, std::string>> headers;
    const Value* setting = config.find("http.context_headers");
    if (!setting || setting->is_null()) return headers;
    const auto* map = setting->get_if<Object>();
    if (!map) throw ConfigurationError("http.context_headers must map headers to keys: {X-Tenant: tenant}");
    for (const Member& member : *map) {
        const auto* key = member.value.get_if<std::string>();
        if (!key) throw ConfigurationError("http.context_headers: the key for " + member.name + " must be a text");
        headers.emplace_back(member.name, *key);
    }
    return headers;
}

// A target for the log, without the values of arguments that are to stay secret.
std::string loggable_target(const Request& request, const RouteHandler& handler) {
    const auto sensitive = handler.sensitive_arguments();
    for (const auto& [name, value] : request.path_variables) {
        if (std::find(sensitive.begin(), sensitive.end(), name) != sensitive.end()) return handler.path();
    }
    return masked_target(request.target, sensitive);
}

}  // namespace

HttpServer::~HttpServer() {
    close_server();
}

void HttpServer::setup(ServiceContainer& container) {
    container_ = &container;
    logger_.emplace(container.environment().log, "http");
    const Config& config = container.environment().config;
    options_ = read_server_options(config);
    trusted_proxies_.emplace(config);
    cors_.emplace(config);
    access_control_.emplace(container.service_name());
    access_log_.emplace(config, *logger_);
    context_headers_ = read_context_headers(config);
    metrics_.emplace(container.environment().metrics, container.service_name());
    add_operations_pages(*this, container.environment());
    add_api_pages(*this, container.definition(), container.environment());
}

void HttpServer::add(RouteHandler& handler) {
    router_.add(handler.http_method(), handler.path(), routes_.size());
    routes_.push_back({handler.path(), &handler, nullptr});
}

void HttpServer::add_built_in(std::string path, BuiltIn answer) {
    built_in_routes_.push_back({std::move(path), nullptr, std::move(answer)});
}

void HttpServer::add_built_in(RouteHandler& handler) {
    built_in_routes_.push_back({handler.path(), &handler, nullptr});
}

void HttpServer::start() {
    for (auto& built_in : built_in_routes_) {
        if (router_.contains(built_in.path)) continue;
        router_.add("GET", built_in.path, routes_.size());
        routes_.push_back(std::move(built_in));
    }
    check_public_paths();
    options_.limits.body_rules = [this](const Request& header) { return body_rules(header); };
    server_ = std::make_unique<Server>(
        container_->environment().event_loop, options_,
        [this](Request&& request, Responder&& responder) { handle(std::move(request), std::move(responder)); },
        [this](const Exchange& exchange) { observe(exchange); });
    server_->start();
    report();
    logger_->info("{} serves HTTP on {}://{}", container_->service_name(), options_.listen.tls ? "https" : "http",
                  server_->address());
}

// A slip in such a path would leave it asking for credentials.
void HttpServer::check_public_paths() const {
    for (const auto& path : access_control_->public_paths()) {
        if (router_.contains(path)) continue;
        throw ConfigurationError(
            fmt::format("`{}`, which the authentication of `{}` takes for public, is no path of it", path,
                        container_->service_name()));
    }
}

void HttpServer::report() {
    const Environment& environment = container_->environment();
    reports_.push_back(environment.health.add("http " + container_->service_name(), [this]() -> HealthReport {
        if (is_stopping_) return {HealthState::not_ready, "draining"};
        return {HealthState::ready, "serving"};
    }));
    reports_.push_back(environment.metrics.read_gauge(
        "hiratake_http_connections", "Open connections of clients.", {{"service", container_->service_name()}},
        [server = server_.get()] { return static_cast<double>(server->connection_count()); }));
}

void HttpServer::require(std::shared_ptr<const Authenticator> authenticator,
                         const std::vector<std::string>& public_paths) {
    access_control_->require(std::move(authenticator), public_paths);
}

std::optional<Response> HttpServer::refusal(const Request& request, Exchange& exchange, Object& context_data) const {
    try {
        return access_control_->check(request, exchange, context_data);
    } catch (const HttpError& error) {
        return problem(error);
    } catch (...) {
        const auto description = ErrorDescription::of(std::current_exception());
        // Not its text, which may hold the credentials.
        logger_->error("checking the credentials of request {} failed: {}", request.request_id, description.type);
        return problem(500, "");
    }
}

WorkerContext::Inbound HttpServer::inbound(const Request& request) const {
    WorkerContext::Inbound inbound;
    if (!request.request_id.empty()) inbound.call_id_stack.push_back(request.request_id);
    read_trace_context(request, inbound.data);
    for (const auto& [header, key] : context_headers_) {
        if (const auto* value = request.headers.find(header)) inbound.data.set(key, *value);
    }
    return inbound;
}

BodyRules HttpServer::body_rules(const Request& header) const {
    const auto max_bytes = options_.limits.max_body_bytes;
    const auto match = router_.find(header.method, header.path);
    const auto* handler = match.outcome == Router::Outcome::found ? routes_[match.route].handler : nullptr;
    return handler ? handler->body_rules(max_bytes) : BodyRules{max_bytes};
}

void HttpServer::handle(Request&& request, Responder&& responder) {
    trusted_proxies_->apply(request);
    request.request_id = request_id_of(request, container_->environment().random);
    Exchange& exchange = responder.exchange();
    exchange.client_address = request.peer_address;
    exchange.request_id = request.request_id;
    exchange.answer_headers.set("X-Request-ID", request.request_id);
    cors_->allow(request, exchange.answer_headers);
    route(std::move(request), std::move(responder));
}

// RFC 9110 section 9.3.7, where the service has no route of its own for it.
Response HttpServer::answer_options(const Request& request, std::string allowed) const {
    Response response{204, {}, {}};
    cors_->answer_preflight(request, allowed, response);
    const bool is_listed = allowed.find("OPTIONS") != std::string::npos;
    response.headers.set("Allow", is_listed ? std::move(allowed) : allowed + ", OPTIONS");
    return response;
}

void HttpServer::route(Request&& request, Responder&& responder) {
    if (request.path == "*") return responder(answer_options(request, router_.methods()));
    auto match = router_.find(request.method, request.path);
    switch (match.outcome) {
        case Router::Outcome::no_such_path: return responder(problem(404, "there is nothing at this path"));
        case Router::Outcome::method_not_allowed: {
            if (request.method == "OPTIONS") return responder(answer_options(request, match.allowed));
            auto response = problem(405, "this path does not take " + request.method + "; it takes " + match.allowed);
            response.headers.set("Allow", match.allowed);
            return responder(std::move(response));
        }
        case Router::Outcome::found: break;
    }
    auto& route = routes_[match.route];
    responder.exchange().route = route.path;
    request.path_variables = std::move(match.variables);
    if (route.built_in) return responder(route.built_in(request));
    responder.exchange().target = loggable_target(request, *route.handler);
    if (const auto* coding = request.headers.find("Content-Encoding")) {
        return responder(unsupported_content_coding(*coding));
    }
    route.handler->handle(std::move(request), std::move(responder));
}

void HttpServer::observe(const Exchange& exchange) {
    metrics_->record(exchange);
    access_log_->write(exchange, container_->environment().clock.wall_time());
}

void HttpServer::begin_to_stop() noexcept {
    if (!server_ || is_stopping_.exchange(true)) return;
    container_->environment().event_loop.post(
        [this, server = server_.get()] { server->drain([this] { emptied_.unpark(); }); });
}

void HttpServer::stop() noexcept {
    begin_to_stop();
    if (server_ && !emptied_.park(in(longest_farewell))) {
        logger_->warning("Clients have not taken their answers within {} s: their connections are closed",
                         longest_farewell.count());
    }
    close_server();
}

void HttpServer::kill() noexcept {
    close_server();
}

// The server goes on the loop's thread, where its connections live. If that loop runs no more, it goes here.
void HttpServer::close_server() noexcept {
    if (!server_) return;
    reports_.clear();
    // Shared between this function and the loop, which may come to it after this function has stopped waiting.
    const auto server = std::make_shared<std::unique_ptr<Server>>(std::move(server_));
    net::run_and_wait(
        container_->environment().event_loop, [server] { server->reset(); }, longest_farewell);
    server->reset();
}

}  // namespace hiratake::http
