#pragma once

#include <string>

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

/// What a server shows, and what it asks of clients. Files are PEM.
struct TlsServerOptions {
    std::string certificate_file;
    std::string key_file;
    /// The roots that client certificates must descend from; empty: clients are not asked for one.
    std::string ca_file;
    /// With ca_file: refuse clients without a certificate.
    bool require_client_certificate = false;
};

}  // namespace hiratake::net
