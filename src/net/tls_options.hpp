#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "hiratake/base/clock.hpp"

namespace hiratake::net {

/// How a client makes sure of its server. Files are PEM.
struct TlsClientOptions {
    /// Trusted roots; empty: those of the operating system.
    std::string ca_file;
    /// The client's own certificate chain and key, for servers that ask for one. Both or neither.
    std::string certificate_file;
    std::string key_file;
    /// Refuse a server whose certificate no trusted root vouches for.
    bool verify_peer = true;
    /// Refuse a server whose certificate does not carry the name that was asked for (RFC 6125).
    bool verify_host = true;
    /// The name to send (SNI) and to check; empty: the host that is connected to.
    std::string server_name;
};

/// What a server shows to clients that ask for one of its names. Files are PEM.
struct TlsCertificate {
    /// As clients send them (SNI, RFC 6066 section 3): "shop.example", or "*.shop.example" for any one label before
    /// that.
    std::vector<std::string> server_names;
    /// The chain, the server's own certificate first.
    std::string certificate_file;
    std::string key_file;
};

/// What a server shows, and what it asks of clients. Files are PEM, and loaded again when they change.
struct TlsServerOptions {
    /// At least one. The first is also for clients that send no name, or one that is nobody's.
    std::vector<TlsCertificate> certificates;
    /// The roots that client certificates must descend from; empty: clients are not asked for one.
    std::string ca_file;
    /// With ca_file: refuse clients without a certificate.
    bool require_client_certificate = false;
    /// What is spoken here, the best first ("http/1.1"), for clients that offer a choice (ALPN, RFC 7301); a client
    /// that offers none of these is refused. Empty: a client's offer is ignored.
    std::vector<std::string> application_protocols;
    /// How often the files are looked at.
    Duration reload_interval = std::chrono::seconds{10};
};

}  // namespace hiratake::net
