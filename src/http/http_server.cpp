#include "http/http_server.hpp"

#include <chrono>
#include <utility>

#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/service_container.hpp"
#include "http/http_entrypoint.hpp"
#include "http/operations_pages.hpp"
#include "http/problem.hpp"
#include "http/server_options.hpp"
#include "net/event_loop.hpp"

namespace hiratake::http {
namespace {

// The workers have answered by then; this is for the last answers to leave.
constexpr auto longest_farewell = std::chrono::seconds{5};

Deadline in(Duration timeout) {
    return Deadline::after(SystemClock{}.now(), timeout);
}

}  // namespace

HttpServer::~HttpServer() {
    close_server();
}

void HttpServer::setup(ServiceContainer& container) {
    container_ = &container;
    logger_.emplace(container.environment().log, "http");
    options_ = read_server_options(container.environment().config);
    metrics_.emplace(container.environment().metrics, container.service_name());
    add_operations_pages(*this, container.environment());
}

void HttpServer::add(HttpEntrypoint& entrypoint) {
    router_.add(entrypoint.http_method(), entrypoint.path(), routes_.size());
    routes_.push_back({entrypoint.path(), &entrypoint, nullptr});
}

void HttpServer::add_built_in(std::string path, BuiltIn answer) {
    built_in_routes_.push_back({std::move(path), nullptr, std::move(answer)});
}

void HttpServer::start() {
    for (auto& built_in : built_in_routes_) {
        if (router_.contains(built_in.path)) continue;
        router_.add("GET", built_in.path, routes_.size());
        routes_.push_back(std::move(built_in));
    }
    server_ = std::make_unique<Server>(
        container_->environment().event_loop, options_,
        [this](Request request, Responder responder) { route(std::move(request), std::move(responder)); },
        [this](const Exchange& exchange) { observe(exchange); });
    server_->start();
    report();
    logger_->info("{} serves HTTP on {}://{}", container_->service_name(), options_.listen.tls ? "https" : "http",
                  server_->address());
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

void HttpServer::route(Request request, Responder responder) {
    auto match = router_.find(request.method, request.path);
    switch (match.outcome) {
        case Router::Outcome::no_such_path: return responder(problem(404, "there is nothing at this path"));
        case Router::Outcome::method_not_allowed: {
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
    route.entrypoint->handle(std::move(request), std::move(responder));
}

void HttpServer::observe(const Exchange& exchange) {
    metrics_->record(exchange);
    if (!exchange.refusal.empty()) {
        logger_->info("{} refused: {} {}", exchange.client_address, exchange.status, exchange.refusal);
        return;
    }
    logger_->info("{} \"{} {}\" {} {} {:.1f} ms{}{}", exchange.client_address, exchange.method, exchange.target,
                  exchange.status, exchange.bytes, std::chrono::duration<double, std::milli>(exchange.duration).count(),
                  exchange.interruption.empty() ? "" : ": ", exchange.interruption);
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
    auto& loop = container_->environment().event_loop;
    // Shared between this function and the loop, which may come to it after this function has stopped waiting.
    const auto closed = std::make_shared<net::Parker>();
    const auto server = std::make_shared<std::unique_ptr<Server>>(std::move(server_));
    loop.post([closed, server] {
        server->reset();
        closed->unpark();
    });
    closed->park(in(longest_farewell));
    server->reset();
}

}  // namespace hiratake::http
