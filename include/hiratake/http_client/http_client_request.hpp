#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "hiratake/http/headers.hpp"

namespace hiratake {

/// What an HttpClient is to send.
struct HttpClientRequest {
    std::string method = "GET";
    /// http:// or https://; or, where the client has a `base_url`, what comes behind it: "/orders?limit=10".
    std::string url;
    /// Each in place of those with its name that the client would send by itself.
    http::Headers headers = {};
    std::string body = {};
    /// For the whole of it, from the wait for a connection to the answer's last byte; the client's own where left out.
    std::optional<std::chrono::milliseconds> timeout = {};
};

}  // namespace hiratake
