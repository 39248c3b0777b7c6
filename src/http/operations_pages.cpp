#include "http/operations_pages.hpp"

#include <utility>

#include "hiratake/service/config.hpp"
#include "hiratake/service/environment.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "http/http_server.hpp"

namespace hiratake::http {
namespace {

Object on_page(const HealthReport& report) {
    Object part{{"status", report.state == HealthState::ready ? "pass" : "fail"}, {"state", report.status}};
    if (!report.detail.empty()) part.set("detail", report.detail);
    return part;
}

/// @param passes whether the probe that asks is content
Response health_page(const Health::Summary& summary, bool passes) {
    Object parts;
    for (const auto& part : summary.parts) parts.set(part.name, on_page(part.report));
    auto response =
        Response::json(Object{{"status", passes ? "pass" : "fail"}, {"parts", std::move(parts)}}, passes ? 200 : 503);
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

void add_operations_pages(HttpServer& server, const Environment& environment) {
    if (environment.config.boolean("http.health").value_or(true)) {
        server.add_built_in("/health/live", [&health = environment.health](const Request&) {
            const auto summary = health.summary();
            return health_page(summary, summary.state != HealthState::failed);
        });
        server.add_built_in("/health/ready", [&health = environment.health](const Request&) {
            const auto summary = health.summary();
            return health_page(summary, summary.state == HealthState::ready);
        });
    }
    if (environment.config.boolean("http.metrics").value_or(true)) {
        server.add_built_in("/metrics", [&metrics = environment.metrics](const Request&) {
            return Response{200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics.text()};
        });
    }
}

}  // namespace hiratake::http
