#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "hiratake/http/headers.hpp"

namespace hiratake::http_client {

/// What an HttpClient is configured with: a map in the section `http_clients:` of the configuration.
struct HttpClientSettings {
    /// Put before URLs that begin with a slash.
    std::string base_url{};
    /// Sent with each request.
    http::Headers headers{};
    /// For one request as a whole.
    std::chrono::milliseconds timeout{30'000};
    std::chrono::milliseconds connect_timeout{10'000};
    /// Requests beyond wait for one of them.
    std::size_t max_connections = 10;
    /// Of a body, after it has been decompressed. A larger answer is an error.
    std::size_t max_response_bytes = 10 * 1024 * 1024;
    std::size_t max_redirects = 5;
    /// A PEM file of the authorities to trust instead of the system's.
    std::string ca_file{};
    /// Empty: none; left out: what the environment says (http_proxy, https_proxy, no_proxy).
    std::optional<std::string> proxy{};
};

}  // namespace hiratake::http_client
