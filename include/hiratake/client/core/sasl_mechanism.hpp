#pragma once

#include <optional>
#include <string_view>

namespace hiratake::client {

/// How the client logs in (AMQP 0-9-1 connection.start; RFC 4422).
enum class SaslMechanism {
    plain,     ///< user and password in clear: the default, fit for TLS or a trusted network
    amqplain,  ///< the same, as an AMQP table (RabbitMQ, py-amqp)
    external,  ///< the broker reads the user's name from the client's TLS certificate
};

/// The name on the wire: PLAIN, AMQPLAIN or EXTERNAL.
std::string_view to_string(SaslMechanism mechanism);

/// Finds a mechanism by its name in any case; nothing when Hiratake does not speak it.
std::optional<SaslMechanism> find_sasl_mechanism(std::string_view name);

}  // namespace hiratake::client
