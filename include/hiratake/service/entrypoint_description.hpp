#pragma once

#include <string>
#include <vector>

#include "hiratake/payload/value.hpp"
#include "hiratake/service/documented_exception.hpp"

namespace hiratake {

namespace payload {
class Signature;
}

/// What an entrypoint says of itself, for generated documentation and for callers that ask.
struct EntrypointDescription {
    /// Of its protocol: "rpc", "event", "http".
    std::string kind;
    std::string method_name;
    std::string doc;
    /// The arguments and the result, where these are named values; null elsewhere. Belongs to the entrypoint.
    const payload::Signature* signature = nullptr;
    /// The application's exceptions that its callers have to reckon with.
    std::vector<DocumentedException> exceptions;
    /// The paths of what is not to be shown of the arguments.
    std::vector<std::string> sensitive_arguments;
    /// What the protocol adds: {"exchange": …, "routing_key": …}, {"method": "POST", "path": "/compute"}.
    Object details;
};

}  // namespace hiratake
