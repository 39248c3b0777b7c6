#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::gateway {

/// A method of a service on the broker, published as an HTTP route.
struct Route {
    /// GET, POST, PUT, PATCH or DELETE.
    std::string http_method = "GET";
    /// "/orders/{id}"
    std::string path;
    /// The service and its method: "orders.get".
    std::string rpc;
    /// How long the reply may take; the configured `rpc_timeout` where it is not set.
    std::optional<Duration> timeout = std::nullopt;
    /// Of a success: 200 to 299. With 204 and 205 the result is left out.
    int status = 200;
    /// Arguments that every call gets. Clients cannot give them.
    Object arguments = {};
    /// The status, 400 to 599, for remote exceptions of a type ("NotFound"), or of a type in a module
    /// ("shop.NotFound").
    std::vector<std::pair<std::string, int>> errors = {};
    /// Arguments whose values are not to be shown, beside those that the service names: EntrypointOptions::sensitive().
    std::vector<std::string> sensitive = {};
    /// Needs no credentials, though the service asks for them.
    bool has_public_access = false;
    /// For the documentation; what the method says of itself where it is empty.
    std::string doc = {};
    std::string summary = {};
    /// The name of the service where there are none.
    std::vector<std::string> tags = {};

    bool sends_result() const { return status != 204 && status != 205; }
};

}  // namespace hiratake::gateway
