#pragma once

#include <functional>
#include <string_view>

#include "hiratake/client/core/connection_uri.hpp"

namespace hiratake::client::core {

/// Applies the parameters of a URI's query ("heartbeat=30&verify=verify_none") to `uri`. The names are those of the
/// RabbitMQ URI query parameters, and kombu's for the same things. Unknown names and values are reported to `fail`,
/// which throws.
void apply_uri_query(std::string_view query, ConnectionUri& uri, const std::function<void(std::string_view)>& fail);

}  // namespace hiratake::client::core
