#pragma once

#include <string>

namespace hiratake::client {

/// How a TLS connection proves who is at its two ends. The defaults verify the broker's certificate against the
/// system's authorities, and its name against the host of the URI.
struct TlsOptions {
    /// PEM file of the authorities that may have signed the broker's certificate; empty: those of the system.
    std::string ca_certificate_file;
    /// PEM file of the client's own certificate chain; empty: none is shown.
    std::string certificate_file;
    /// PEM file of the private key for `certificate_file`.
    std::string key_file;
    /// Without it anybody may pose as the broker.
    bool verify_peer = true;
    /// The name asked for (SNI) and verified; empty: the host of the URI.
    std::string server_name;

    friend bool operator==(const TlsOptions&, const TlsOptions&) = default;
};

}  // namespace hiratake::client
