#include "http/http_metrics.hpp"

namespace hiratake::http {
namespace {

std::string_view known_method(std::string_view method) {
    for (const std::string_view known : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        if (method == known) return known;
    }
    return "other";
}

}  // namespace

void HttpMetrics::record(const Exchange& exchange) {
    const auto method = known_method(exchange.method);
    const std::tuple key{method, exchange.route, exchange.status};
    auto found = series_.find(key);
    if (found == series_.end()) {
        const MetricLabels labels{{"service", service_}, {"method", std::string{method}}, {"route", exchange.route}};
        auto with_status = labels;
        with_status.emplace_back("status", std::to_string(exchange.status));
        Counter& count = metrics_.counter("hiratake_http_requests_total", "Requests that were answered.", with_status);
        DurationHistogram& duration =
            metrics_.histogram("hiratake_http_request_duration_seconds",
                               "From the end of a request to the beginning of its answer.", labels);
        found = series_.emplace(key, Series{count, duration}).first;
    }
    found->second.count.increment();
    found->second.duration.observe(exchange.duration);
}

}  // namespace hiratake::http
