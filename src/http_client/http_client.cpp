#include "hiratake/http_client/http_client.hpp"

#include <utility>

#include "hiratake/payload/json.hpp"
#include "http/trace_context.hpp"
#include "http_client/http_client_provider.hpp"
#include "http_client/shown_request.hpp"

namespace hiratake {
namespace {

/// What a Hiratake service that gets the request takes for its caller and its trace.
http::Headers carried_headers(const WorkerContext& context) {
    http::Headers headers{{"X-Request-ID", std::string{context.call_id()}}};
    http::write_trace_context(context.data(), headers);
    return headers;
}

}  // namespace

HttpClientResponse HttpClient::send(HttpClientRequest request) const {
    if (sender_) {
        HttpClientResponse response = sender_->send(request);
        if (response.request.empty()) response.request = http_client::shown_request(request.method, request.url);
        return response;
    }
    if (!pool_) {
        throw HttpClientError(http_client::shown_request(request.method, request.url) +
                              " cannot be sent: no container has provided this HttpClient");
    }
    return pool_->send(std::move(request), carried_headers(*context_), context_->deadline());
}

HttpClientResponse HttpClient::send_json(std::string method, std::string url, const Value& payload,
                                         http::Headers headers) const {
    if (!headers.contains("Content-Type")) headers.add("Content-Type", "application/json");
    return send({std::move(method), std::move(url), std::move(headers), write_json(payload, JsonStyle::compact)});
}

std::unique_ptr<DependencyProvider> HttpClient::make_provider() const {
    return std::make_unique<http_client::HttpClientProvider>(name_);
}

}  // namespace hiratake
