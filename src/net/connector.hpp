#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hiratake/base/deadline.hpp"
#include "net/byte_stream.hpp"
#include "net/socket_options.hpp"
#include "net/tls_options.hpp"

namespace hiratake::net {

struct ConnectTarget {
    /// A name or an IP literal (IPv6 without brackets).
    std::string host;
    std::uint16_t port = 0;
    /// Present: TLS, straight after TCP has connected.
    std::optional<TlsClientOptions> tls;
    SocketOptions socket;
};

struct ConnectResult {
    /// Null when the attempt failed.
    std::unique_ptr<ByteStream> stream;
    ErrorCode error;
    /// What failed, for people: "cannot connect to localhost:5672: Connection refused".
    std::string message;
};

/// Resolves, connects (each address in turn) and, for TLS, shakes hands. One attempt at a time. For the loop's thread.
class Connector {
  public:
    using Handler = UniqueFunction<void(ConnectResult)>;

    /// The loop must outlive the connector.
    explicit Connector(EventLoop& loop);
    /// As cancel().
    ~Connector();
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;

    /// The handler runs once, never inside this call: with a stream, or with what went wrong, a passed deadline
    /// (boost::asio::error::timed_out) and files that cannot be read included. A second attempt cancels the first.
    void async_connect(ConnectTarget target, Deadline deadline, Handler handler);
    /// Ends the attempt under way; its handler runs with is_cancelled().
    void cancel();

  private:
    class Attempt;

    EventLoop& loop_;
    // Kept by its Asio operations alone: it holds the handler, which often holds the connector's owner.
    std::weak_ptr<Attempt> attempt_;
};

}  // namespace hiratake::net
