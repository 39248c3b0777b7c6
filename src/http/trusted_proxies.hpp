#pragma once

#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/service/config.hpp"
#include "net/ip_networks.hpp"

namespace hiratake::http {

/// The proxies whose word is taken for where a request came from (`http.trusted_proxies`).
class TrustedProxies {
  public:
    /// Throws ConfigurationError.
    explicit TrustedProxies(const Config& config);

    /// When the peer is a trusted proxy: reads Forwarded (RFC 7239) or, without it, X-Forwarded-For, -Proto and -Host,
    /// and sets peer_address, is_encrypted and the Host header to what the client's side of the nearest untrusted
    /// address looks like. Addresses are read from the right, as long as they are trusted: what a client puts in front
    /// is not believed.
    void apply(Request& request) const;

  private:
    /// What one proxy says of the side it was asked from. Empty: nothing.
    struct Hop {
        std::string address;
        std::string scheme;
        std::string host;
    };

    static std::vector<Hop> read_forwarded(const Request& request);
    static std::vector<Hop> read_x_forwarded(const Request& request);

    net::IpNetworks networks_;
};

}  // namespace hiratake::http
