#pragma once

#include <cstdint>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/http/headers.hpp"

namespace hiratake::http {

/// One request and its answer, apart from the two themselves: filled on their way by whoever knows, and reported when
/// the answer has been written. For the access log and the metrics.
struct Exchange {
    // The connection fills in:
    std::string client_address;
    /// Empty, as is the target, for a request that could not be understood.
    std::string method;
    std::string target;
    bool is_http_1_0 = false;
    std::string user_agent;

    // The server fills in:
    /// As the service declares it: "/orders/{id}"; empty where there is no such path.
    std::string route;
    std::string request_id;
    /// Who has proved to be the client; empty without authentication.
    std::string user;
    /// Go into the answer, whatever it is, unless it has fields of these names itself.
    Headers answer_headers;

    // The connection again, in the end:
    int status = 0;
    /// Of the body; so far, where it was broken off.
    std::uint64_t bytes = 0;
    /// From the request's end to the answer's beginning.
    Duration duration{};
    /// For the log: why a request was refused without having been understood.
    std::string refusal;
    /// For the log: why the body was broken off; empty when it is complete.
    std::string interruption;
};

}  // namespace hiratake::http
