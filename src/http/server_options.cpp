#include "http/server_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "hiratake/base/error.hpp"
#include "http/read_certificates.hpp"
#include "http/read_limit.hpp"

namespace hiratake::http {
namespace {

constexpr std::string_view default_address = "0.0.0.0:8000";

void read_address(const std::string& text, net::ListenOptions& listen) {
    const auto colon = text.rfind(':');
    const auto host = std::string_view(text).substr(0, colon);
    const auto port = colon == std::string::npos ? std::string_view{} : std::string_view(text).substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), listen.port);
    if (host.empty() || port.empty() || error != std::errc{} || end != port.data() + port.size()) {
        throw ConfigurationError(
            fmt::format("WEB_SERVER_ADDRESS: '{}' is no address and port; write it as 127.0.0.1:8000", text));
    }
    const bool is_bracketed = host.front() == '[' && host.back() == ']';
    listen.address = std::string(is_bracketed ? host.substr(1, host.size() - 2) : host);
}

void read_timeout(const Config& config, std::string_view key, Duration& timeout) {
    if (const auto value = config.seconds(key)) timeout = *value;
}

void read_tls(const Config& config, net::ListenOptions& listen) {
    auto certificates = read_certificates(config);
    if (certificates.empty()) return;
    listen.tls.emplace();
    listen.tls->certificates = std::move(certificates);
    listen.tls->application_protocols = {"http/1.1"};
    read_timeout(config, "http.tls_reload_interval", listen.tls->reload_interval);
    if (listen.tls->reload_interval == Duration::zero()) {
        throw ConfigurationError("http.tls_reload_interval: 0 is out of range; the default is 10 (seconds)");
    }
}

}  // namespace

ServerOptions read_server_options(const Config& config) {
    ServerOptions options;
    read_address(config.text("WEB_SERVER_ADDRESS").value_or(std::string(default_address)), options.listen);
    read_tls(config, options.listen);
    read_limit(config, "http.max_connections", options.max_connections);
    read_limit(config, "http.max_header_bytes", options.limits.max_header_bytes);
    read_limit(config, "http.max_body_bytes", options.limits.max_body_bytes);
    options.limits.compresses = config.boolean("http.compression").value_or(true);
    read_timeout(config, "http.header_timeout", options.limits.header_timeout);
    read_timeout(config, "http.body_timeout", options.limits.body_timeout);
    read_timeout(config, "http.idle_timeout", options.limits.idle_timeout);
    read_timeout(config, "http.write_timeout", options.limits.write_timeout);
    return options;
}

}  // namespace hiratake::http
