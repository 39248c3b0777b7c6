#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/http/headers.hpp"

namespace hiratake::http {

class UploadContent;

/// Decoded names and values in the order of the address: path variables, query parameters.
using TextFields = std::vector<std::pair<std::string, std::string>>;

/// A request that has arrived completely. A plain value.
struct Request {
    /// As sent: "GET". Methods are case-sensitive.
    std::string method;
    /// The path and query as they were sent: "/orders/17?full=yes".
    std::string target;
    /// The part of the target before the question mark, still percent-encoded.
    std::string path;
    /// What the route's variables stand for here, decoded: {"id", "17"} for "/orders/{id}".
    TextFields path_variables;
    /// The query parameters, decoded.
    TextFields query;
    Headers headers;
    /// Without a Content-Encoding: gzip has been undone, and the header field removed.
    std::string body;
    /// In place of `body`, for routes that take the body, or files in it, as UploadedFile.
    std::shared_ptr<const UploadContent> stored_body;
    /// The address of the client (or of the proxy in between).
    std::string peer_address;
    bool is_encrypted = false;
    /// From X-Request-ID, or made by the server: in the answer, the access log, and the call ids of what it causes.
    std::string request_id;

    /// The media type of the body, in lower case, without parameters: "application/json"; empty when it is not stated.
    std::string media_type() const;
    /// The value of a query parameter (the first of this name), or null.
    const std::string* query_parameter(std::string_view name) const;
};

}  // namespace hiratake::http
