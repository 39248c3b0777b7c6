#pragma once

#include "hiratake/payload/value.hpp"

namespace hiratake::http {

class HttpEntrypoint;

/// What a route says of itself, as EntrypointDescription::details (documents/openapi.hpp reads it).
Object describe_route(const HttpEntrypoint& route);

}  // namespace hiratake::http
