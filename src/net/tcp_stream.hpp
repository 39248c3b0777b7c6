#pragma once

#include "net/socket_stream.hpp"

namespace hiratake::net {

class TcpStream final : public SocketStream<boost::asio::ip::tcp::socket> {
  public:
    TcpStream(EventLoop& loop, boost::asio::ip::tcp::socket socket, SocketRole role);

    void async_shutdown_write(WriteHandler handler) override;
};

}  // namespace hiratake::net
