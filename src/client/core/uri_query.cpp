#include "client/core/uri_query.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "client/core/percent_encoding.hpp"

namespace hiratake::client::core {
namespace {

/// A setter returns what values it takes when it could not take this one, or nothing.
using Setter = std::string_view (*)(ConnectionUri& uri, std::string_view value);

constexpr std::string_view accepted{};

template <class Number>
std::optional<Number> parsed_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view set_heartbeat(ConnectionUri& uri, std::string_view value) {
    uri.heartbeat_s = parsed_number<std::uint16_t>(value);
    return uri.heartbeat_s ? accepted : "seconds from 0 to 65535";
}

std::string_view set_connection_timeout_ms(ConnectionUri& uri, std::string_view value) {
    const auto timeout_ms = parsed_number<std::uint32_t>(value);
    if (!timeout_ms || *timeout_ms == 0) return "milliseconds, more than 0";
    uri.connection_timeout = std::chrono::milliseconds{*timeout_ms};
    return accepted;
}

std::string_view set_connect_timeout_s(ConnectionUri& uri, std::string_view value) {
    const auto timeout_s = parsed_number<double>(value);
    if (!timeout_s || !(*timeout_s > 0) || *timeout_s > 1e6) return "seconds, more than 0";
    uri.connection_timeout = std::chrono::duration_cast<Duration>(std::chrono::duration<double>{*timeout_s});
    return accepted;
}

std::string_view set_verify(ConnectionUri& uri, std::string_view value) {
    const bool on = value == "verify_peer" || value == "CERT_REQUIRED" || value == "2";
    const bool off = value == "verify_none" || value == "CERT_NONE" || value == "0";
    if (!on && !off) return "verify_peer or verify_none";
    uri.tls.verify_peer = on;
    return accepted;
}

std::string_view set_mechanism(ConnectionUri& uri, std::string_view value) {
    uri.mechanism = find_sasl_mechanism(value);
    return uri.mechanism ? accepted : "plain, amqplain or external";
}

template <std::string TlsOptions::*member>
std::string_view set_tls_text(ConnectionUri& uri, std::string_view value) {
    if (value.empty()) return "a text that is not empty";
    uri.tls.*member = value;
    return accepted;
}

struct Parameter {
    std::string_view name;
    Setter set;
};

constexpr std::array parameters{
    Parameter{"heartbeat", set_heartbeat},
    Parameter{"connection_timeout", set_connection_timeout_ms},
    Parameter{"connect_timeout", set_connect_timeout_s},
    Parameter{"auth_mechanism", set_mechanism},
    Parameter{"login_method", set_mechanism},
    Parameter{"cacertfile", set_tls_text<&TlsOptions::ca_certificate_file>},
    Parameter{"ssl_ca_certs", set_tls_text<&TlsOptions::ca_certificate_file>},
    Parameter{"certfile", set_tls_text<&TlsOptions::certificate_file>},
    Parameter{"ssl_certfile", set_tls_text<&TlsOptions::certificate_file>},
    Parameter{"keyfile", set_tls_text<&TlsOptions::key_file>},
    Parameter{"ssl_keyfile", set_tls_text<&TlsOptions::key_file>},
    Parameter{"verify", set_verify},
    Parameter{"ssl_cert_reqs", set_verify},
    Parameter{"server_name_indication", set_tls_text<&TlsOptions::server_name>},
};

std::string known_names() {
    std::string names;
    for (const auto& parameter : parameters) names += (names.empty() ? "" : ", ") + std::string{parameter.name};
    return names;
}

}  // namespace

void apply_uri_query(std::string_view query, ConnectionUri& uri, const std::function<void(std::string_view)>& fail) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        if (pair.empty()) continue;

        const std::size_t equals = pair.find('=');
        const std::string_view name = pair.substr(0, equals);
        const auto value = percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
        if (!value) fail(fmt::format("the value of its parameter '{}' is not percent-encoded correctly", name));

        const Parameter* found = nullptr;
        for (const auto& parameter : parameters) {
            if (parameter.name == name) found = &parameter;
        }
        if (!found) fail(fmt::format("it has no parameter '{}'; there are {}", name, known_names()));
        const std::string_view expected = found->set(uri, *value);
        if (!expected.empty()) fail(fmt::format("its parameter '{}' takes {}, not '{}'", name, expected, *value));
    }
}

}  // namespace hiratake::client::core
