#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/client/core/sasl_mechanism.hpp"
#include "hiratake/client/core/tls_options.hpp"

namespace hiratake::client {

enum class Transport {
    tcp,     ///< `amqp://`, `pyamqp://`
    tls,     ///< `amqps://`
    memory,  ///< `memory://NAME`: the embedded broker of this process with that name
};

/// Where one broker is and how to log in there, as written in
/// `amqp://user:password@host:port/vhost?heartbeat=60&connection_timeout=5000`.
/// What the URI leaves out is `guest:guest@localhost:5672` (5671 with TLS) and the vhost `/`.
struct ConnectionUri {
    Transport transport = Transport::tcp;
    /// A name or an address, without the brackets of IPv6; for `memory` the name of the broker.
    std::string host = "localhost";
    std::uint16_t port = 5672;
    std::string user = "guest";
    std::string password = "guest";
    std::string vhost = "/";
    TlsOptions tls = {};
    /// From `?heartbeat=` (seconds; 0 switches heartbeats off).
    std::optional<std::uint16_t> heartbeat_s = {};
    /// From `?connection_timeout=` (milliseconds) or `?connect_timeout=` (seconds, as kombu has it).
    std::optional<Duration> connection_timeout = {};
    /// From `?auth_mechanism=` or `?login_method=`.
    std::optional<SaslMechanism> mechanism = {};

    /// For logs and errors: the password masked, the vhost `/` written out, as in `amqp://guest:**@localhost:5672//`.
    std::string display() const;

    friend bool operator==(const ConnectionUri&, const ConnectionUri&) = default;
};

/// Reads one URI, or several of a cluster separated by `;`: whole ones, or shortened to `host:port` to share the rest
/// with the one before. A comma inside the authority (`amqp://a,b:5673/vhost`) lists hosts as well. User, password,
/// host, vhost and query values are percent-decoded (RabbitMQ URI specification; RabbitMQ URI query parameters).
/// Returns at least one. Throws ConfigurationError, with the password masked, for what cannot be understood.
std::vector<ConnectionUri> parse_connection_uris(std::string_view text);

}  // namespace hiratake::client
