#pragma once

namespace hiratake::client {

class Connection;

/// Where extensions find the broker connection that the services of one I/O thread share. It is made when it is first
/// asked for, so that a program whose services speak no AMQP needs no broker.
class ConnectionSource {
  public:
    virtual ~ConnectionSource() = default;

    /// The same connection each time. For setup(), on the thread that starts the containers.
    /// Throws ConfigurationError when the configured URI cannot be understood.
    virtual Connection& connection() = 0;
};

}  // namespace hiratake::client
