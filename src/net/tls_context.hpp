#pragma once

#include <boost/asio/ssl/context.hpp>

#include "net/tls_options.hpp"

namespace hiratake::net {

/// TLS 1.2 and up. Both throw ConfigurationError, naming the file, when one cannot be read or the key does not belong
/// to the certificate.
boost::asio::ssl::context make_client_context(const TlsClientOptions& options);
/// @param certificate one of the options' own
boost::asio::ssl::context make_server_context(const TlsServerOptions& options, const TlsCertificate& certificate);

}  // namespace hiratake::net
