#pragma once

/// Calling other people's HTTP APIs from a service.
#include "hiratake/http_client/http_client.hpp"
