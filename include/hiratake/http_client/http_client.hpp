#pragma once

#include <memory>
#include <string>
#include <utility>

#include "hiratake/http_client/http_client_error.hpp"
#include "hiratake/http_client/http_client_request.hpp"
#include "hiratake/http_client/http_client_response.hpp"
#include "hiratake/http_client/http_request_sender.hpp"
#include "hiratake/service/dependency_provider.hpp"

namespace hiratake {
namespace http_client {
class HttpClientProvider;
class PooledSender;
}  // namespace http_client

/// A dependency: sends HTTP requests, over connections that stay open for the next one, with the worker's call id
/// (X-Request-ID) and its trace context. Waits for an answer no longer than the worker's own caller does.
///
///     hiratake::HttpClient stock{"stock"};  // configured by `http_clients: {stock: {base_url: https://…}}`
///     const auto items = stock.get("/items?of=tea").require_success().json<std::vector<Item>>();
///
/// Any status is an answer; errors are for what is none. Used on the worker's thread. docs/http_client.md has the
/// settings.
class HttpClient {
  public:
    /// The one called "default".
    HttpClient() = default;
    /// @param name of its settings in the section `http_clients` of the configuration, which may be without it
    explicit HttpClient(std::string name) : name_(std::move(name)) {}
    /// One that is ready for use, for tests that have a sender of their own, which must outlive it.
    explicit HttpClient(HttpRequestSender& sender) : sender_(&sender) {}

    /// Sends the request and waits for the answer. Redirections of GET and HEAD are followed, up to `max_redirects`.
    /// Throws HttpClientTimeout when there is no whole answer in time, HttpClientError when the server cannot be
    /// reached or trusted, or answers with more than `max_response_bytes` or no HTTP.
    HttpClientResponse send(HttpClientRequest request) const;

    HttpClientResponse get(std::string url, http::Headers headers = {}) const {
        return send({.method = "GET", .url = std::move(url), .headers = std::move(headers)});
    }
    /// POST with anything that has a JSON form. Throws JsonError for a payload without one.
    template <class Payload>
    HttpClientResponse post(std::string url, const Payload& payload, http::Headers headers = {}) const {
        return send_json("POST", std::move(url), to_value(payload), std::move(headers));
    }
    /// As post().
    template <class Payload>
    HttpClientResponse put(std::string url, const Payload& payload, http::Headers headers = {}) const {
        return send_json("PUT", std::move(url), to_value(payload), std::move(headers));
    }

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class http_client::HttpClientProvider;
    HttpClientResponse send_json(std::string method, std::string url, const Value& payload,
                                 http::Headers headers) const;

    std::string name_ = "default";
    HttpRequestSender* sender_ = nullptr;  // a test's
    http_client::PooledSender* pool_ = nullptr;
    const WorkerContext* context_ = nullptr;
};

}  // namespace hiratake
