#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/gateway/route.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/service/documented_exception.hpp"

namespace hiratake::gateway {

/// The answer to a request whose call has failed, and what the log should have of it.
struct ErrorAnswer {
    http::Response response;
    /// For people who run the gateway; empty where the client alone is to blame, or where the route expects the error.
    std::string problem;
    /// The service has other methods than its description tells of.
    bool contradicts_description = false;
};

/// The status that the route says for an exception, by its type or its path.
std::optional<int> configured_status(const Route& route, std::string_view type, std::string_view path);

/// @param error as PendingResult::result() throws it
/// @param exceptions of the application, which the service says that it throws
/// @param call_id for the client to name, where it is told nothing else
ErrorAnswer answer_to_error(const std::exception_ptr& error, const Route& route,
                            const std::vector<DocumentedException>& exceptions, const std::string& call_id);

}  // namespace hiratake::gateway
