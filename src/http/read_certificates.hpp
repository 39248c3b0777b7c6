#pragma once

#include <vector>

#include "hiratake/service/config.hpp"
#include "net/tls_options.hpp"

namespace hiratake::http {

/// `http.tls`: one certificate, or a list of them with the names that each is for; empty where there is none. Throws
/// ConfigurationError for a certificate without a key or the other way round, and for one that no name leads to.
std::vector<net::TlsCertificate> read_certificates(const Config& config);

}  // namespace hiratake::http
