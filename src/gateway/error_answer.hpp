#pragma once

#include <exception>
#include <string>

#include "hiratake/gateway/route.hpp"
#include "hiratake/http/response.hpp"

namespace hiratake::gateway {

/// The answer to a request whose call has failed, and what the log should have of it.
struct ErrorAnswer {
    http::Response response;
    /// For people who run the gateway; empty where the client alone is to blame, or where the route expects the error.
    std::string problem;
    /// The service has other methods than its description tells of.
    bool contradicts_description = false;
};

/// @param error as PendingResult::result() throws it
/// @param call_id for the client to name, where it is told nothing else
ErrorAnswer answer_to_error(const std::exception_ptr& error, const Route& route, const std::string& call_id);

}  // namespace hiratake::gateway
