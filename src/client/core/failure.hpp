#pragma once

#include <string>

namespace hiratake::client::core {

/// Why a connection could not be made, or ended.
enum class FailureKind {
    network,         ///< Not reachable, reset, closed without a word.
    timeout,         ///< An answer of the broker did not come in time.
    silence,         ///< No heartbeat for two intervals.
    tls,             ///< The certificate could not be verified, or TLS not agreed on.
    authentication,  ///< User, password or mechanism refused.
    vhost,           ///< No such virtual host, or not for this user.
    access,          ///< No permission to declare, bind or consume something.
    topology,        ///< Something could not be declared or consumed as it was described.
    protocol,        ///< The peer does not speak AMQP 0-9-1, or broke its rules.
    broker_closed,   ///< The broker said connection.close: it stops, or an operator closed the connection.
};

struct Failure {
    FailureKind kind = FailureKind::network;
    /// A clause for people, without the name of the broker: "the broker refused user 'guest' (403 ACCESS_REFUSED - …)".
    std::string text;

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// Whether trying again before anybody has looked at the configuration is pointless.
constexpr bool needs_a_person(FailureKind kind) {
    switch (kind) {
        case FailureKind::tls:
        case FailureKind::authentication:
        case FailureKind::vhost:
        case FailureKind::access:
        case FailureKind::topology: return true;
        case FailureKind::network:
        case FailureKind::timeout:
        case FailureKind::silence:
        case FailureKind::protocol:
        case FailureKind::broker_closed: return false;
    }
    return false;
}

}  // namespace hiratake::client::core
