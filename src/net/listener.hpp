#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "net/byte_stream.hpp"
#include "net/socket_options.hpp"
#include "net/tls_options.hpp"

namespace hiratake::net {

struct ListenOptions {
    /// An IP literal, or "localhost". "0.0.0.0" and "::" mean every interface.
    std::string address = "127.0.0.1";
    /// 0: any free port; Listener::port() tells which.
    std::uint16_t port = 0;
    std::optional<TlsServerOptions> tls;
    SocketOptions socket;
    /// Of a TLS client that does not finish its handshake.
    Duration handshake_timeout = std::chrono::seconds{10};
    /// Handshakes under way at once; accepting waits at this bound.
    std::size_t max_handshakes = 256;
};

/// The address and port cannot be listened on.
class ListenError : public Error {
  public:
    explicit ListenError(const std::string& what) : Error(what) {}
    ~ListenError() override;
};

/// Accepts TCP (or TLS) connections. A failed handshake costs the others nothing and is logged; when the process is out
/// of file descriptors, accepting pauses, with a warning, and goes on by itself.
class Listener {
  public:
    using Handler = UniqueFunction<void(std::unique_ptr<ByteStream>)>;

    /// Binds and listens at once: from now on clients wait instead of being refused. From any thread.
    /// Throws ListenError ("cannot listen on 127.0.0.1:5672: Address already in use"), ConfigurationError for TLS files
    /// that cannot be used.
    Listener(EventLoop& loop, ListenOptions options);
    /// As close(). On the loop's thread, or when the loop no longer runs.
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Hands each connection, ready to be read, to the handler, on the loop's thread. From any thread, once.
    void start(Handler on_stream);
    /// Before close(): hands over the clients that the system has connected already, who would be reset. Not those of
    /// TLS, whose handshakes are still to come. On the loop's thread.
    void accept_waiting();
    /// Accepts no more; handshakes under way are given up. Streams handed out stay. On the loop's thread.
    void close();

    std::uint16_t port() const { return port_; }
    /// "127.0.0.1:5672", "[::1]:5672".
    const std::string& address() const { return address_; }

  private:
    class Acceptor;

    EventLoop& loop_;
    std::uint16_t port_ = 0;
    std::string address_;
    // Shared between the listener and the Asio operations under way, which may outlast it.
    std::shared_ptr<Acceptor> acceptor_;
};

}  // namespace hiratake::net
