#pragma once

namespace hiratake {
struct Environment;
struct ServiceDefinition;
}  // namespace hiratake

namespace hiratake::http {

class HttpServer;

/// Gives the server the live documentation of a service: `/openapi.json` with Swagger UI at `/apidocs/`, and
/// `/asyncapi.json` with a page at `/asyncapi/`; but what `http.docs` switches off. The pages load nothing from
/// anywhere else. Throws ConfigurationError for an `http.docs` that is no boolean and no map of the two.
/// @param service outlives the server, as the environment does
void add_api_pages(HttpServer& server, const ServiceDefinition& service, const Environment& environment);

}  // namespace hiratake::http
