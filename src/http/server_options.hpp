#pragma once

#include "hiratake/service/config.hpp"
#include "http/server.hpp"

namespace hiratake::http {

/// Reads `WEB_SERVER_ADDRESS` and the section `http:`. Throws ConfigurationError.
ServerOptions read_server_options(const Config& config);

}  // namespace hiratake::http
