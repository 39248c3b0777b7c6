#pragma once

#include <memory>
#include <string>

#include "hiratake/http/headers.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

class UpgradedConnection;

/// What a handler answers when a result alone does not say enough. Date, Content-Length and Connection are the server's
/// business.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    /// For status 101 alone, which switches the connection to another protocol: what takes it over then. `headers` name
    /// the protocol (Upgrade); there is no body. Answered with 500 where the client has not asked for an upgrade.
    std::shared_ptr<UpgradedConnection> upgraded = nullptr;

    /// `text/plain` in UTF-8.
    static Response text(std::string body, int status = 200);
    /// `application/json`. Throws JsonError for what cannot be written as JSON.
    static Response json(const Value& body, int status = 200);
};

}  // namespace hiratake::http
