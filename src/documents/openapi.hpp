#pragma once

#include "hiratake/payload/value.hpp"

namespace hiratake {
class Config;
struct ServiceDefinition;
}  // namespace hiratake

namespace hiratake::documents {

/// The OpenAPI 3.1 document of a service's HTTP routes, made from its definition alone: the same definition makes the
/// same document, byte for byte.
///
/// Of the descriptions of entrypoints it takes those of the kind "http". Their details are read as HttpEntrypoint
/// writes them (http/route_description.hpp).
Object openapi_document(const ServiceDefinition& service, const Config& config);

/// Whether there is a route to tell of.
bool has_routes(const ServiceDefinition& service, const Config& config);

}  // namespace hiratake::documents
