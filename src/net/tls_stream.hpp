#pragma once

#include <boost/asio/ssl/stream.hpp>

#include "net/socket_stream.hpp"

namespace hiratake::net {

using TlsSocket = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

/// Over a socket whose handshake is done.
class TlsStream final : public SocketStream<TlsSocket> {
  public:
    TlsStream(EventLoop& loop, TlsSocket socket, SocketRole role);

    void async_shutdown_write(WriteHandler handler) override;
    bool is_encrypted() const override { return true; }
    std::string peer_certificate_name() const override;
};

}  // namespace hiratake::net
