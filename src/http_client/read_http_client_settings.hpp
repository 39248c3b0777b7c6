#pragma once

#include <string>

#include "hiratake/service/config.hpp"
#include "http_client/http_client_settings.hpp"

namespace hiratake::http_client {

/// The map `http_clients.NAME`. Each field of HttpClientSettings has a key of its name; timeouts are in seconds.
/// @throws ConfigurationError naming the key that is unknown or holds something else than expected
HttpClientSettings read_http_client_settings(const Config& config, const std::string& name);

}  // namespace hiratake::http_client
