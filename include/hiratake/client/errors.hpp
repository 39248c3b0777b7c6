#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::client {

/// The root of what goes wrong between this process and a broker.
class ConnectionError : public Error {
  public:
    explicit ConnectionError(const std::string& what) : Error(what) {}
    ~ConnectionError() override;
};

/// The broker refused the user, the password or the login method (403, 'ACCESS_REFUSED' at connection.start-ok).
class AuthenticationError : public ConnectionError {
  public:
    explicit AuthenticationError(const std::string& what) : ConnectionError(what) {}
    ~AuthenticationError() override;
};

/// The virtual host does not exist, or the user may not enter it (530, 402 or 403 at connection.open).
class VhostError : public ConnectionError {
  public:
    explicit VhostError(const std::string& what) : ConnectionError(what) {}
    ~VhostError() override;
};

/// The broker's certificate could not be verified, or TLS itself could not be agreed on.
class TlsError : public ConnectionError {
  public:
    explicit TlsError(const std::string& what) : ConnectionError(what) {}
    ~TlsError() override;
};

/// The user lacks the permission to declare, bind or consume something (403 on a channel).
class AccessRefused : public ConnectionError {
  public:
    explicit AccessRefused(const std::string& what) : ConnectionError(what) {}
    ~AccessRefused() override;
};

/// An exchange, queue or binding could not be declared, or a queue not consumed: it exists with other settings (406),
/// does not exist (404), or is locked by another connection (405).
class TopologyError : public ConnectionError {
  public:
    explicit TopologyError(const std::string& what) : ConnectionError(what) {}
    ~TopologyError() override;
};

/// The connection is closed or was lost, and the operation cannot be done any more.
class ConnectionClosed : public ConnectionError {
  public:
    explicit ConnectionClosed(const std::string& what) : ConnectionError(what) {}
    ~ConnectionClosed() override;
};

}  // namespace hiratake::client
