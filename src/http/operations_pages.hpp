#pragma once

namespace hiratake {
struct Environment;
}

namespace hiratake::http {

class HttpServer;

/// Adds `/health/live`, `/health/ready` (unless `http.health: false`) and `/metrics` (unless `http.metrics: false`).
/// @param environment outlives the server
void add_operations_pages(HttpServer& server, const Environment& environment);

}  // namespace hiratake::http
